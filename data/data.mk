# Rules and names: whole folders are packed and installed, so that a new file
# needs no line here. The sample articles are packed only.
data_folders = rules lexicon
EXTRA_DIST += data/rules data/lexicon data/articles doc/sample-articles.md \
	tests/corpus/fr.txt tests/corpus/en.txt

install-data-local:
	@cd $(srcdir)/data && find $(data_folders) -type f ! -name '*.py' | \
	while read -r file; do \
	  $(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/$$(dirname "$$file")" && \
	  $(INSTALL_DATA) "$$file" "$(DESTDIR)$(pkgdatadir)/$$file" || exit 1; \
	done

uninstall-local:
	cd "$(DESTDIR)$(pkgdatadir)" && rm -rf $(data_folders)

# The compiled form of the names.
nodist_pkgdata_DATA = data/lexicon.bin
data/lexicon.bin: dealgraph$(EXEEXT) \
		$(wildcard $(srcdir)/data/lexicon/*.tsv) \
		$(wildcard $(srcdir)/data/lexicon/*/*.tsv)
	$(AM_V_GEN)$(MKDIR_P) data && \
	./dealgraph$(EXEEXT) lexicon compile $(srcdir)/data/lexicon $@
CLEANFILES += data/lexicon.bin
