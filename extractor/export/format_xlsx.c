/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/xml.h"
#include "export/deals.h"
#include "export/network.h"

#include <archive.h>
#include <archive_entry.h>

/*
 * A workbook with the table of deals and the network's edges. An .xlsx file is
 * a zip of XML parts; these are the fewest that a spreadsheet wants. They carry
 * no time, so that equal stores give equal bytes.
 * Source: ECMA-376 part 1, sections 12.3 and 18.3; part 2 for the package.
 */

enum {
  CELL_MAX = 32767, /* characters, as Excel counts them: UTF-16 units */
  ROW_MAX = 1048576
};

#define XML_HEAD                                                               \
  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS                                                              \
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml"

static const struct {
  const char *name;
  const char *text;
} parts[] = {
  { "[Content_Types].xml",
    XML_HEAD "<Types xmlns=\"" PACKAGE "/content-types\">"
             "<Default Extension=\"rels\" ContentType=\"application/"
             "vnd.openxmlformats-package.relationships+xml\"/>"
             "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
             "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" SHEET_TYPE
             ".sheet.main+xml\"/>"
             "<Override PartName=\"/xl/styles.xml\" ContentType=\"" SHEET_TYPE
             ".styles+xml\"/>"
             "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
             "ContentType=\"" SHEET_TYPE ".worksheet+xml\"/>"
             "<Override PartName=\"/xl/worksheets/sheet2.xml\" "
             "ContentType=\"" SHEET_TYPE ".worksheet+xml\"/></Types>" },
  { "_rels/.rels",
    XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">"
             "<Relationship Id=\"rId1\" Type=\"" RELATIONS "/officeDocument\" "
             "Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/workbook.xml",
    XML_HEAD "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS "\"><sheets>"
             "<sheet name=\"Deals\" sheetId=\"1\" r:id=\"rId1\"/>"
             "<sheet name=\"Network\" sheetId=\"2\" r:id=\"rId2\"/>"
             "</sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels",
    XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">"
             "<Relationship Id=\"rId1\" Type=\"" RELATIONS "/worksheet\" "
             "Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" RELATIONS "/worksheet\" "
             "Target=\"worksheets/sheet2.xml\"/>"
             "<Relationship Id=\"rId3\" Type=\"" RELATIONS "/styles\" "
             "Target=\"styles.xml\"/></Relationships>" },
  /* Style 0 is plain, 1 bold for the head. */
  { "xl/styles.xml", XML_HEAD
    "<styleSheet xmlns=\"" MAIN "\">"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/>"
    "</font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    "</fonts><fills count=\"2\"><fill><patternFill "
    "patternType=\"none\"/></fill><fill><patternFill "
    "patternType=\"gray125\"/></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/>"
    "<diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" "
    "fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" "
    "borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" "
    "fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" "
    "builtinId=\"0\"/></cellStyles>"
    "</styleSheet>" },
};

static const DgDealColumn network_columns[] = {
  { "from", false, 30 }, { "tie", false, 14 },   { "to", false, 30 },
  { "deals", true, 8 },  { "since", false, 11 }, { "until", false, 11 },
};

enum { NETWORK_COLUMNS = sizeof network_columns / sizeof *network_columns };

/* A sheet being written. */
typedef struct {
  const DgExport *x;
  const DgDealColumn *columns; /* [n] */
  size_t n;
  DgBuf text;
  size_t rows;
} Sheet;

static void
add_place(DgBuf *out, size_t row, size_t column)
{
  if (column >= 26) {
    dg_buf_add_char(out, (char)('A' + column / 26 - 1));
  }
  dg_buf_add_char(out, (char)('A' + column % 26));
  dg_buf_printf(out, "%zu", row);
}

/* So much of a text that a cell can hold, the cut shown. */
static void
add_text(DgBuf *out, DgStr text)
{
  static const char cut[] = " [...]";
  size_t units = 0;
  size_t fits = 0; /* bytes before which the mark of a cut has room */
  size_t at = 0;
  while (at < text.len && units <= CELL_MAX) {
    const unsigned char c = (unsigned char)text.ptr[at];
    const size_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    units += size == 4 ? 2 : 1;
    at += size;
    fits = units + sizeof cut <= CELL_MAX ? at : fits;
  }
  dg_xml_add(out, units <= CELL_MAX ? text : dg_str_sub(text, 0, fits));
  dg_buf_add(out, units <= CELL_MAX ? DG_STR("") : dg_str(cut));
}

static void
add_cell(Sheet *sheet, size_t column, DgStr value, bool number)
{
  if (!value.len) {
    return;
  }
  DgBuf *const out = &sheet->text;
  dg_buf_add(out, DG_STR("<c r=\""));
  add_place(out, sheet->rows, column);
  if (number) {
    dg_buf_add(out, DG_STR("\"><v>"));
    dg_xml_add(out, value);
    dg_buf_add(out, DG_STR("</v></c>"));
    return;
  }
  dg_buf_add(out, sheet->rows == 1 ? DG_STR("\" s=\"1") : DG_STR(""));
  dg_buf_add(out, DG_STR("\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
  add_text(out, value);
  dg_buf_add(out, DG_STR("</t></is></c>"));
}

static DgStatus
start_row(Sheet *sheet)
{
  if (sheet->rows == ROW_MAX) {
    return dg_diag_set(sheet->x->diag, DG_LIMIT,
                       "a sheet of a workbook has %d rows at most; expected "
                       "another format, such as csv",
                       ROW_MAX);
  }
  dg_buf_printf(&sheet->text, "<row r=\"%zu\">", ++sheet->rows);
  return DG_OK;
}

static void
end_row(Sheet *sheet)
{
  dg_buf_add(&sheet->text, DG_STR("</row>\n"));
}

static DgStatus
start_sheet(Sheet *sheet)
{
  DgBuf *const out = &sheet->text;
  dg_buf_add(out,
             DG_STR(XML_HEAD
                    "<worksheet xmlns=\"" MAIN
                    "\"><sheetViews><sheetView workbookViewId=\"0\"><pane "
                    "ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
                    "state=\"frozen\"/></sheetView></sheetViews><cols>"));
  for (size_t i = 0; i < sheet->n; ++i) {
    dg_buf_printf(out,
                  "<col min=\"%zu\" max=\"%zu\" width=\"%u\" "
                  "customWidth=\"1\"/>",
                  i + 1, i + 1, sheet->columns[i].width);
  }
  dg_buf_add(out, DG_STR("</cols><sheetData>\n"));
  DG_TRY(start_row(sheet));
  for (size_t i = 0; i < sheet->n; ++i) {
    add_cell(sheet, i, dg_str(sheet->columns[i].name), false);
  }
  end_row(sheet);
  return DG_OK;
}

static void
end_sheet(Sheet *sheet)
{
  dg_buf_add(&sheet->text, DG_STR("</sheetData><autoFilter ref=\"A1:"));
  add_place(&sheet->text, sheet->rows, sheet->n - 1);
  dg_buf_add(&sheet->text, DG_STR("\"/></worksheet>"));
}

static DgStatus
add_deal(void *self, const DgTerm *values, size_t n)
{
  Sheet *const sheet = self;
  DG_TRY(start_row(sheet));
  for (size_t i = 0; i < n; ++i) {
    add_cell(sheet, i, values[i].value, sheet->columns[i].number);
  }
  end_row(sheet);
  return dg_buf_status(&sheet->text);
}

static DgStatus
add_deals(Sheet *sheet)
{
  DG_TRY(start_sheet(sheet));
  DG_TRY(dg_export_select(sheet->x, &dg_deal_query, add_deal, sheet));
  end_sheet(sheet);
  return dg_buf_status(&sheet->text);
}

static DgStatus
add_edges(Sheet *sheet, const DgNetwork *network)
{
  DG_TRY(start_sheet(sheet));
  for (size_t i = 0; i < network->edges.n; ++i) {
    const DgNetworkEdge *const edge = &network->edges.items[i];
    DG_TRY(start_row(sheet));
    add_cell(sheet, 0, network->nodes.items[edge->from].label, false);
    add_cell(sheet, 1, edge->tie, false);
    add_cell(sheet, 2, network->nodes.items[edge->to].label, false);
    add_cell(sheet, 3, edge->deals, true);
    add_cell(sheet, 4, edge->since, false);
    add_cell(sheet, 5, edge->until, false);
    end_row(sheet);
  }
  end_sheet(sheet);
  return dg_buf_status(&sheet->text);
}

/* The package. */

static la_ssize_t
give_bytes(struct archive *archive, void *user, const void *bytes, size_t n)
{
  (void)archive;
  dg_output_write(user, dg_str_n(bytes, n));
  return (la_ssize_t)n;
}

static DgStatus
add_part(const DgExport *x, struct archive *zip, const char *name, DgStr text)
{
  struct archive_entry *const entry = archive_entry_new();
  DG_TRY_PTR(entry);
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, (la_int64_t)text.len);
  const bool fine =
      archive_write_header(zip, entry) == ARCHIVE_OK &&
      archive_write_data(zip, text.ptr, text.len) == (la_ssize_t)text.len;
  archive_entry_free(entry);
  return fine
             ? DG_OK
             : dg_diag_set(x->diag, DG_IO_ERROR, "cannot pack the workbook: %s",
                           archive_error_string(zip));
}

static DgStatus
add_sheet(struct archive *zip, const char *name, Sheet *sheet, DgStatus status)
{
  if (status == DG_OK) {
    status = add_part(sheet->x, zip, name, dg_buf_str(&sheet->text));
  }
  dg_buf_clear(&sheet->text);
  return status;
}

static DgStatus
add_parts(const DgExport *x, struct archive *zip, const DgNetwork *network)
{
  for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i) {
    DG_TRY(add_part(x, zip, parts[i].name, dg_str(parts[i].text)));
  }
  Sheet deals = { .x = x,
                  .columns = dg_deal_columns,
                  .n = dg_deal_column_count };
  DG_TRY(add_sheet(zip, "xl/worksheets/sheet1.xml", &deals, add_deals(&deals)));
  Sheet edges = { .x = x, .columns = network_columns, .n = NETWORK_COLUMNS };
  return add_sheet(zip, "xl/worksheets/sheet2.xml", &edges,
                   add_edges(&edges, network));
}

static DgStatus
write_package(const DgExport *x, const DgNetwork *network)
{
  struct archive *const zip = archive_write_new();
  DG_TRY_PTR(zip);
  (void)archive_write_set_format_zip(zip);
  (void)archive_write_set_bytes_in_last_block(zip, 1);
  DgStatus status = DG_OK;
  if (archive_write_open(zip, x->out, NULL, give_bytes, NULL) != ARCHIVE_OK) {
    status = dg_diag_set(x->diag, DG_IO_ERROR, "cannot pack the workbook: %s",
                         archive_error_string(zip));
  }
  status = status == DG_OK ? add_parts(x, zip, network) : status;
  if (archive_write_close(zip) != ARCHIVE_OK && status == DG_OK) {
    status = dg_diag_set(x->diag, DG_IO_ERROR, "cannot pack the workbook: %s",
                         archive_error_string(zip));
  }
  (void)archive_write_free(zip);
  return status;
}

static DgStatus
write_xlsx(const DgExport *x)
{
  DgNetwork network;
  DgStatus status = dg_network_read(x, &network);
  status = status == DG_OK ? write_package(x, &network) : status;
  dg_network_clear(&network);
  return status;
}

const DgExportFormat dg_export_xlsx = {
  "xlsx", "xlsx", "deals and network, workbook",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  write_xlsx
};
