dg_sources += \
	extractor/input/article.c extractor/input/article.h \
	extractor/input/article_json.c extractor/input/article_json.h \
	extractor/input/builder.c extractor/input/builder.h \
	extractor/input/byline.c \
	extractor/input/copies.c extractor/input/copies.h \
	extractor/input/dateline.c extractor/input/dateline.h \
	extractor/input/decode.c extractor/input/decode.h \
	extractor/input/document.c extractor/input/document.h \
	extractor/input/fingerprint.c extractor/input/fingerprint.h \
	extractor/input/furniture.c extractor/input/furniture.h \
	extractor/input/headers.c extractor/input/headers.h \
	extractor/input/html.c extractor/input/html.h \
	extractor/input/html_body.c extractor/input/html_body.h \
	extractor/input/html_hints.c \
	extractor/input/html_jsonld.c \
	extractor/input/html_meta.c extractor/input/html_meta.h \
	extractor/input/html_pieces.c extractor/input/html_pieces.h \
	extractor/input/html_tree.c extractor/input/html_tree.h \
	extractor/input/container.c \
	extractor/input/csv.c \
	extractor/input/json.c \
	extractor/input/json_repair.c \
	extractor/input/json_text.c extractor/input/json_text.h \
	extractor/input/language.c extractor/input/language.h \
	extractor/input/mail.c \
	extractor/input/map.c extractor/input/map.h \
	extractor/input/markdown.c \
	extractor/input/mime.c extractor/input/mime.h \
	extractor/input/path.c \
	extractor/input/pdf.c \
	extractor/input/plain.c \
	extractor/input/read.c extractor/input/reader.h \
	extractor/input/record.c extractor/input/record.h \
	extractor/input/stream.c extractor/input/stream.h \
	extractor/input/tokens.c extractor/input/tokens.h \
	extractor/input/warc.c \
	extractor/input/xml.c
