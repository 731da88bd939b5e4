/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "values/money.h"

/* Letters before or after a dollar sign. */
static const struct {
  char letters[5];
  char country[3];
} letters[] = {
  { "us", "US" }, { "c", "CA" },  { "ca", "CA" }, { "can", "CA" },
  { "a", "AU" },  { "au", "AU" }, { "hk", "HK" }, { "nz", "NZ" },
  { "s", "SG" },  { "sg", "SG" }, { "nt", "TW" }, { "mex", "MX" },
  { "mx", "MX" }, { "r", "BR" },  { "j", "JM" },  { "n", "NA" },
};

static void
unpack(int32_t packed, char *out, size_t n)
{
  for (size_t i = n; i-- > 0; packed >>= 8) {
    out[i] = (char)(packed & 0xFF);
  }
  out[n] = '\0';
}

static bool
find_shared(int32_t name, const char *country, char code[4])
{
  const DgPair *const pair = dg_word_pair(name, country);
  if (pair) {
    memcpy(code, pair->code, 4);
  }
  return pair != NULL;
}

/* "new zealand", "sud-africain", "barbados" */
static size_t
read_place(const DgReader *r, size_t at, char out[3])
{
  size_t n;
  const DgPlace *const places = dg_word_places(&n);
  size_t best = 0;
  if (!dg_reader_as(r, at, DG_WORD_LEAD)) {
    return 0;
  }
  for (size_t i = 0; i < n; ++i) {
    const size_t end = dg_reader_phrase(r, at, places[i].phrase);
    if (end > best) {
      best = end;
      memcpy(out, places[i].country, 3);
    }
  }
  return best;
}

/* A place, or one word: swiss. */
static size_t
read_country(const DgReader *r, size_t at, char out[3])
{
  const size_t end = read_place(r, at, out);
  const DgWord *const word = end ? NULL : dg_reader_as(r, at, DG_WORD_COUNTRY);
  if (word) {
    unpack(word->value, out, 2);
  }
  return word ? at + 1 : end;
}

/* The country after the name of a currency. An article comes before places
 * alone: dollars de la Barbade, but dollars (recus) du Canada. */
static size_t
read_country_after(const DgReader *r, size_t at, char out[3])
{
  const size_t of = dg_reader_phrase(r, at, "de la|de l '|du|de|des|d '|-");
  const bool article = of && (of > at + 1 || dg_reader_in(r, at, "du"));
  return article ? read_place(r, of, out) : read_country(r, of ? of : at, out);
}

static size_t
read_letters(const DgReader *r, size_t at, char out[3])
{
  const size_t dots = dg_reader_phrase(r, at, "u . s .|u . s");
  if (dots) {
    memcpy(out, "US", 3);
    return dots;
  }
  if (!dg_reader_kind(r, at, DG_TOKEN_WORD)) {
    return 0;
  }
  for (size_t i = 0; i < sizeof letters / sizeof *letters; ++i) {
    if (dg_reader_in(r, at, letters[i].letters)) {
      memcpy(out, letters[i].country, 3);
      return at + 1;
    }
  }
  return 0;
}

/* What a bare "dollar" is by the caller's wish. */
static void
set_dollar(const DgReader *r, char code[4])
{
  memcpy(code, r->options->dollar[0] ? r->options->dollar : "USD", 4);
  code[3] = '\0';
}

static void
name_shared(const DgReader *r, int32_t name, const char *country,
            DgCurrency *out)
{
  if (!find_shared(name, country, out->code)) {
    out->code[0] = '\0';
    if (name == DG_NAME_DOLLAR && !*country) {
      set_dollar(r, out->code);
    }
  }
}

/* Codes that are words too; they count only after an amount. */
static bool
is_weak_code(const DgReader *r, size_t at)
{
  return dg_reader_in(r, at,
                      "all top try cup pen mop sos bam gel cop lak mad "
                      "mur ang sll std kid bob");
}

static size_t
read_code(const DgReader *r, size_t at, DgCurrency *out)
{
  static const char known[] = "usd eur gbp chf jpy cad aud cny nzd sek nok dkk "
                              "hkd sgd inr brl mxn zar rub pln czk huf ils aed";
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_ISO);
  const bool caps = (dg_reader_token(r, at)->flags & DG_TOKEN_CAPS) != 0;
  if (!word || !(caps || dg_reader_in(r, at, known))) {
    return 0;
  }
  *out = (DgCurrency){ .symbol = !is_weak_code(r, at),
                       .weak = is_weak_code(r, at) };
  unpack(word->value, out->code, 3);
  return at + 1;
}

/* MEUR, kUSD, MGBP: a letter of scale and a code in one word. */
static size_t
read_scaled_code(const DgReader *r, size_t at, DgCurrency *out)
{
  const DgStr text = dg_reader_text(r, at);
  if (!dg_reader_kind(r, at, DG_TOKEN_WORD) || text.len != 4 ||
      !strchr("MmkK", text.ptr[0])) {
    return 0;
  }
  char code[3];
  for (size_t i = 0; i < 3; ++i) {
    const char c = text.ptr[i + 1];
    if (c < 'A' || c > 'Z') {
      return 0;
    }
    code[i] = (char)(c | 0x20);
  }
  const DgWord *const word =
      dg_word_as(dg_word_find(code, 3), DG_WORD_ISO, DG_WORD_FR);
  if (!word) {
    return 0;
  }
  *out = (DgCurrency){ .symbol = true,
                       .power = strchr("Mm", text.ptr[0]) ? 6 : 3 };
  unpack(word->value, out->code, 3);
  return at + 1;
}

/* What may follow a dollar sign: "$ CAD", "$ c", "$ US". */
static size_t
after_dollar(const DgReader *r, size_t at, DgCurrency *out)
{
  DgCurrency code;
  char country[3];
  const size_t end = read_code(r, at, &code);
  if (end && code.code[2] == 'D') {
    memcpy(out->code, code.code, 4);
    return end;
  }
  const size_t letter = read_letters(r, at, country);
  const DgStr text = dg_reader_text(r, at);
  if (letter && (unsigned char)*text.ptr < 0x80 &&
      (text.len > 1 || strchr("cCA", *text.ptr) != NULL) &&
      !dg_reader_mark(r, letter, '\'') &&
      !dg_reader_kind(r, letter, DG_TOKEN_DIGITS)) {
    name_shared(r, DG_NAME_DOLLAR, country, out);
    return letter;
  }
  return at;
}

/* A dollar sign with letters or a code before it: US$, C $, usd$. */
static size_t
before_dollar(const DgReader *r, size_t at, DgCurrency *out)
{
  char country[3];
  *out = (DgCurrency){ .symbol = true };
  size_t next = read_letters(r, at, country);
  const bool single = next && dg_reader_size(r, at) == 1 && next == at + 1;
  if (next && dg_reader_mark(r, next, '$') &&
      (!single || dg_reader_glued(r, next) || dg_reader_in(r, at, "c"))) {
    name_shared(r, DG_NAME_DOLLAR, country, out);
    return next + 1;
  }
  next = read_code(r, at, out);
  return next && dg_reader_mark(r, next, '$') ? next + 1 : 0;
}

/* A name of one country's currency, or a sign. */
static size_t
read_money(const DgReader *r, size_t at, DgCurrency *out)
{
  const DgWord *word = dg_reader_as(r, at, DG_WORD_MONEY);
  char country[3];
  *out = (DgCurrency){ 0 };
  if (!word) {
    word = dg_reader_as(r, at, DG_WORD_COIN);
    out->weak = out->coin = word != NULL;
  }
  if (!word) {
    return 0;
  }
  out->symbol = dg_reader_kind(r, at, DG_TOKEN_MARK) ||
                dg_reader_in(r, at, "rs rm rmb ringgit ringgits sen fcfa");
  if (word->value) {
    unpack(word->value, out->code, 3);
  }
  if (dg_reader_mark(r, at, '$')) {
    set_dollar(r, out->code);
    return after_dollar(r, at + 1, out);
  }
  if (dg_reader_mark(r, at, 0xA5) && !word->value) {
    memcpy(out->code, "JPY", 4);
  }
  if (dg_reader_mark(r, at, 0x20AC) && dg_reader_in(r, at + 1, "ur urs") &&
      dg_reader_glued(r, at + 1)) {
    return at + 2;
  }
  if (dg_reader_in(r, at, "rs") && dg_reader_mark(r, at + 1, '.')) {
    return at + 2;
  }
  const size_t end = out->symbol && dg_reader_kind(r, at, DG_TOKEN_MARK)
                         ? 0
                         : read_country_after(r, at + 1, country);
  const DgPair *const own = end ? dg_word_pair(DG_NAME_OWN, country) : NULL;
  if (!own || !(out->weak || !strcmp(out->code, own->code))) {
    return at + 1; /* euros (recus) du Qatar */
  }
  memcpy(out->code, own->code, 4); /* marks finlandais */
  out->weak = false;
  return end;
}

static size_t
read_cents(const DgReader *r, size_t at, DgCurrency *out)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_CENT);
  if (!word || (word->len == 1 && !dg_reader_glued(r, at))) {
    return 0;
  }
  *out = (DgCurrency){ .cents = dg_reader_in(r, at, "mao jiao") ? 1 : 2,
                       .symbol = dg_reader_in(r, at, "sen") };
  if (word->value) {
    unpack(word->value, out->code, 3);
  }
  return at + 1;
}

/* dollars australiens, francs CFA, dollars de Hong Kong; or the bare name */
static size_t
read_shared(const DgReader *r, size_t at, DgCurrency *out)
{
  const DgWord *const word = dg_reader_as(r, at, DG_WORD_SHARED);
  char country[3] = "";
  if (!word) {
    return 0;
  }
  *out = (DgCurrency){ 0 };
  size_t end = read_country_after(r, at + 1, country);
  if (end) {
    name_shared(r, word->value, country, out);
  }
  if (!end || !out->code[0]) {
    name_shared(r, word->value, "", out);
    end = at + 1;
  }
  out->weak =
      dg_reader_in(r, at,
                   "livre livres won wons real crown crowns leu leus lei") &&
      end == at + 1;
  return end;
}

/* CFA francs BEAC: the zone stands last. Without it they are West African. */
static size_t
cfa_zone(const DgReader *r, size_t at, DgCurrency *out)
{
  const bool cfa = !strcmp(out->code, "XOF") || !strcmp(out->code, "XAF");
  if (cfa && dg_reader_in(r, at, "beac bceao")) {
    memcpy(out->code, dg_reader_in(r, at, "beac") ? "XAF" : "XOF", 4);
    return at + 1;
  }
  return at;
}

/* us dollars, swiss francs, malaysian ringgit, egyptianpound */
static size_t
read_with_country(const DgReader *r, size_t at, DgCurrency *out)
{
  char country[3];
  const size_t next = read_country(r, at, country);
  if (!next) {
    return 0;
  }
  const DgWord *const word = dg_reader_as(r, next, DG_WORD_SHARED);
  *out = (DgCurrency){ 0 };
  if (word && find_shared(word->value, country, out->code)) {
    return cfa_zone(r, next + 1, out);
  }
  const DgPair *const own = dg_word_pair(DG_NAME_OWN, country);
  const size_t end = own ? read_money(r, next, out) : 0;
  if (end && !strcmp(out->code, own->code)) {
    out->weak = false;
    return end;
  }
  return 0;
}

/* "F CFA", "francs CFA" without saying which, "L.E." */
static size_t
read_special(const DgReader *r, size_t at, DgCurrency *out)
{
  static const struct {
    const char *phrases;
    char code[4];
  } special[] = {
    { "f cfa", "XOF" },
    { "l . e .|l . e", "EGP" },
    { "r $", "BRL" },
  };
  for (size_t i = 0; i < sizeof special / sizeof *special; ++i) {
    const size_t end = dg_reader_phrase(r, at, special[i].phrases);
    if (end) {
      *out = (DgCurrency){ .symbol = true };
      memcpy(out->code, special[i].code, 4);
      return end;
    }
  }
  return 0;
}

size_t
dg_currency_at(const DgReader *r, size_t at, DgCurrency *out)
{
  static size_t (*const readers[])(const DgReader *, size_t, DgCurrency *) = {
    read_special, before_dollar, read_with_country, read_shared,
    read_money,   read_cents,    read_scaled_code,  read_code,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers; ++i) {
    const size_t end = readers[i](r, at, out);
    if (end) {
      return end;
    }
  }
  return 0;
}
