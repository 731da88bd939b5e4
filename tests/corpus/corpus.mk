corpus_scripts = \
	tests/corpus/check_articles.py \
	tests/corpus/check_sentences.py \
	tests/corpus/check_facts.py \
	tests/corpus/check_floor.py
TESTS += $(corpus_scripts)
EXTRA_DIST += $(corpus_scripts) tests/corpus/known.txt tests/corpus/floor.txt
