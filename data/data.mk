# Rules and names: whole folders are packed and installed, so that a new file
# needs no line here. The sample articles are packed only.
data_folders = rules lexicon
EXTRA_DIST += data/rules data/lexicon data/articles \
	tests/corpus/fr.txt tests/corpus/en.txt

install-data-local:
	@cd $(srcdir)/data && find $(data_folders) -type f ! -name '*.py' | \
	while read -r file; do \
	  $(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/$$(dirname "$$file")" && \
	  $(INSTALL_DATA) "$$file" "$(DESTDIR)$(pkgdatadir)/$$file" || exit 1; \
	done

uninstall-local:
	cd "$(DESTDIR)$(pkgdatadir)" && rm -rf $(data_folders)
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

# Names and words, and their compiled form.
lexicondir = $(pkgdatadir)/lexicon
dist_lexicon_DATA = \
	data/lexicon/countries.tsv \
	data/lexicon/first-names.tsv \
	data/lexicon/fund-words.tsv \
	data/lexicon/investors.tsv \
	data/lexicon/legal-forms.tsv \
	data/lexicon/not-names.tsv \
	data/lexicon/org-words.tsv \
	data/lexicon/orgs-known.tsv \
	data/lexicon/orgs-listed.tsv \
	data/lexicon/particles.tsv \
	data/lexicon/places.tsv \
	data/lexicon/products.tsv
lexiconfrdir = $(lexicondir)/fr
dist_lexiconfr_DATA = \
	data/lexicon/fr/common.tsv \
	data/lexicon/fr/cues.tsv \
	data/lexicon/fr/deal-words.tsv \
	data/lexicon/fr/function.tsv \
	data/lexicon/fr/heads.tsv \
	data/lexicon/fr/honorifics.tsv \
	data/lexicon/fr/modifiers.tsv \
	data/lexicon/fr/nationalities.tsv \
	data/lexicon/fr/pronouns.tsv \
	data/lexicon/fr/titles.tsv
lexiconendir = $(lexicondir)/en
dist_lexiconen_DATA = \
	data/lexicon/en/common.tsv \
	data/lexicon/en/cues.tsv \
	data/lexicon/en/deal-words.tsv \
	data/lexicon/en/function.tsv \
	data/lexicon/en/heads.tsv \
	data/lexicon/en/honorifics.tsv \
	data/lexicon/en/modifiers.tsv \
	data/lexicon/en/nationalities.tsv \
	data/lexicon/en/pronouns.tsv \
	data/lexicon/en/titles.tsv
nodist_pkgdata_DATA = data/lexicon.bin
data/lexicon.bin: dealgraph$(EXEEXT) $(dist_lexicon_DATA) \
		$(dist_lexiconfr_DATA) $(dist_lexiconen_DATA)
	$(AM_V_GEN)$(MKDIR_P) data && \
	./dealgraph$(EXEEXT) lexicon compile $(srcdir)/data/lexicon $@
CLEANFILES += data/lexicon.bin
EXTRA_DIST += data/lexicon/build.py tests/scores/names.py
