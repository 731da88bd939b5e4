# data files that are installed and distributed

# Sample articles, each with the facts that it states.
EXTRA_DIST += data/articles/README.md \
	data/articles/en-01-acquisition-castleford.txt \
	data/articles/en-01-acquisition-castleford.facts.json \
	data/articles/en-02-funding-gridwise.txt \
	data/articles/en-02-funding-gridwise.facts.json \
	data/articles/en-03-no-deal-week.txt \
	data/articles/en-03-no-deal-week.facts.json \
	data/articles/en-04-rumour-tolland.txt \
	data/articles/en-04-rumour-tolland.facts.json \
	data/articles/en-05-partnership-aerolane.txt \
	data/articles/en-05-partnership-aerolane.facts.json \
	data/articles/en-06-contract-ipo-seaforth.txt \
	data/articles/en-06-contract-ipo-seaforth.facts.json \
	data/articles/fr-01-mistral-microsoft.txt \
	data/articles/fr-01-mistral-microsoft.facts.json \
	data/articles/fr-02-rumeur-kerlann.txt \
	data/articles/fr-02-rumeur-kerlann.facts.json \
	data/articles/fr-03-dementi-marsenne.txt \
	data/articles/fr-03-dementi-marsenne.facts.json \
	data/articles/fr-04-levee-lumio.txt \
	data/articles/fr-04-levee-lumio.facts.json \
	data/articles/fr-05-rachat-ponant.txt \
	data/articles/fr-05-rachat-ponant.facts.json \
	data/articles/fr-06-coentreprise-velkraft.txt \
	data/articles/fr-06-coentreprise-velkraft.facts.json \
	data/articles/fr-07-licence-dollars.txt \
	data/articles/fr-07-licence-dollars.facts.json \
	data/articles/fr-08-sans-operation-semaine.txt \
	data/articles/fr-08-sans-operation-semaine.facts.json \
	data/articles/fr-09-contrat-ferrolis.txt \
	data/articles/fr-09-contrat-ferrolis.facts.json \
	data/articles/fr-10-bourse-oleane.txt \
	data/articles/fr-10-bourse-oleane.facts.json \
	tests/corpus/check_articles.py \
	tests/corpus/check_sentences.py \
	tests/corpus/fr.txt \
	tests/corpus/en.txt
