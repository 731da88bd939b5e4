/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/inflect.h"

#include <stdio.h>

/*
 * A paradigm is a row: an ending that the infinitive has, how much of it to
 * cut, and what to put on the stem for each part, forms separated by spaces.
 * "-" stands for nothing put on.
 */
typedef struct {
  const char *ending;
  unsigned cut; /* bytes of the infinitive that are not stem */
  const char *parts[DG_FORM_PART_COUNT];
} Paradigm;

#define AGREE(m, f) m " " f " " m "s " f "s"
#define IMPERFECT(s) s "ais " s "ait " s "ions " s "iez " s "aient"
#define FUTURE(s) s "ai " s "as " s "a " s "ons " s "ez " s "ont"
#define CONDITIONAL(s) s "ais " s "ait " s "ions " s "iez " s "aient"

#define ROW(ending, cut, inf, pres, imp, past, fut, pp, ger)                   \
  {                                                                            \
    ending, cut,                                                               \
    {                                                                          \
      [DG_FORM_INF] = inf, [DG_FORM_PRES] = pres,                              \
      [DG_FORM_IMP] = IMPERFECT(imp), [DG_FORM_PAST] = past,                   \
      [DG_FORM_FUT] = FUTURE(fut), [DG_FORM_COND] = CONDITIONAL(fut),          \
      [DG_FORM_PP] = pp, [DG_FORM_GER] = ger                                   \
    }                                                                          \
  }

/* First row whose ending fits counts: longer endings stand first. */
static const Paradigm french_verbs[] = {
  ROW("\xC3\xAAtre", 5, "\xC3\xAAtre", "suis es est sommes \xC3\xAAtes sont",
      "\xC3\xA9t", "fut furent", "ser", "\xC3\xA9t\xC3\xA9", "\xC3\xA9tant"),
  ROW("avoir", 5, "avoir", "ai as a avons avez ont", "av", "eut eurent", "aur",
      AGREE("eu", "eue"), "ayant"),
  ROW("faire", 4, "aire", "ais ait aisons aites ont", "ais", "it irent", "er",
      "ait aite aits aites", "aisant"),
  ROW("aller", 5, "aller", "vais vas va allons allez vont", "all",
      "alla all\xC3\xA8rent", "ir",
      AGREE("all\xC3\xA9", "all\xC3\xA9"
                           "e"),
      "allant"),
  ROW("devoir", 6, "devoir", "dois doit devons devez doivent", "dev",
      "dut durent", "devr", "d\xC3\xBB due dus dues", "devant"),
  ROW("pouvoir", 7, "pouvoir", "peux peut pouvons pouvez peuvent", "pouv",
      "put purent", "pourr", "pu", "pouvant"),
  ROW("vouloir", 7, "vouloir", "veux veut voulons voulez veulent", "voul",
      "voulut voulurent", "voudr", "voulu voulue voulus voulues", "voulant"),
  ROW("recevoir", 5, "evoir", "ois oit evons evez oivent", "ev",
      "\xC3\xA7ut \xC3\xA7urent", "evr", AGREE("\xC3\xA7u", "\xC3\xA7ue"),
      "evant"),
  ROW("qu\xC3\xA9rir", 5, "\xC3\xA9rir",
      "iers iert \xC3\xA9rons \xC3\xA9rez i\xC3\xA8rent", "\xC3\xA9r",
      "it irent", "err", "is ise ises", "\xC3\xA9rant"),
  ROW("tenir", 4, "enir", "iens ient enons enez iennent", "en", "int inrent",
      "iendr", AGREE("enu", "enue"), "enant"),
  ROW("venir", 4, "enir", "iens ient enons enez iennent", "en", "int inrent",
      "iendr", AGREE("enu", "enue"), "enant"),
  ROW("prendre", 5, "endre", "ends end enons enez ennent", "en", "it irent",
      "endr", "is ise ises", "enant"),
  ROW("mettre", 5, "ettre", "ets et ettons ettez ettent", "ett", "it irent",
      "ettr", "is ise ises", "ettant"),
  ROW("crire", 2, "re", "s t vons vez vent", "v", "vit virent", "r",
      "t te ts tes", "vant"),
  ROW("uire", 2, "re", "s t sons sez sent", "s", "sit sirent", "r",
      "t te ts tes", "sant"),
  ROW("clure", 2, "re", "s t ons ez ent", "", "t rent", "r", "- e s es", "ant"),
  ROW("joindre", 5, "indre", "ins int ignons ignez ignent", "ign",
      "ignit ignirent", "indr", "int inte ints intes", "ignant"),
  ROW("courir", 2, "ir", "s t ons ez ent", "", "ut urent", "r",
      AGREE("u", "ue"), "ant"),
  ROW("vrir", 3, "rir", "re res rons rez rent", "r", "rit rirent", "rir",
      "ert erte erts ertes", "rant"),
  ROW("frir", 3, "rir", "re res rons rez rent", "r", "rit rirent", "rir",
      "ert erte erts ertes", "rant"),
  ROW("partir", 3, "tir", "s t tons tez tent", "t", "tit tirent", "tir",
      AGREE("ti", "tie"), "tant"),
  ROW("sortir", 3, "tir", "s t tons tez tent", "t", "tit tirent", "tir",
      AGREE("ti", "tie"), "tant"),
  ROW("dire", 2, "re", "s t sons tes sent", "s", "t rent", "r", "t te ts tes",
      "sant"),
  ROW("ir", 2, "ir", "is it issons issez issent", "iss", "it irent", "ir",
      "i ie is ies", "issant"),
  ROW("dre", 2, "re", "s - ons ez ent", "", "it irent", "r", AGREE("u", "ue"),
      "ant"),
  ROW("pre", 2, "re", "s t ons ez ent", "", "it irent", "r", AGREE("u", "ue"),
      "ant"),
};

typedef struct {
  DgFormSink sink;
  void *user;
  DgStr rest; /**< of a phrase, put after each form of its first word */
} Out;

static DgStatus
put(const Out *out, DgFormPart part, DgStr stem, DgStr tail)
{
  char form[160];
  if (stem.len + tail.len + out->rest.len >= sizeof form) {
    return DG_LIMIT;
  }
  const bool nothing = dg_str_equal(tail, DG_STR("-"));
  const int n =
      snprintf(form, sizeof form, "%.*s%.*s%.*s", (int)stem.len, stem.ptr,
               nothing ? 0 : (int)tail.len, tail.ptr, (int)out->rest.len,
               out->rest.ptr ? out->rest.ptr : "");
  return out->sink(out->user, part, dg_str_n(form, (size_t)n));
}

static DgStatus
put_all(const Out *out, DgFormPart part, DgStr stem, const char *tails)
{
  DgStr rest = dg_str(tails);
  DgStr tail;
  while (dg_str_cut(&rest, ' ', &tail)) {
    DG_TRY(put(out, part, stem, tail));
  }
  return DG_OK;
}

static DgStatus
put_paradigm(const Out *out, const Paradigm *row, DgStr verb)
{
  const DgStr stem = dg_str_sub(verb, 0, verb.len - row->cut);
  for (int part = 0; part < DG_FORM_PART_COUNT; ++part) {
    if (row->parts[part]) {
      DG_TRY(put_all(out, (DgFormPart)part, stem, row->parts[part]));
    }
  }
  return DG_OK;
}

/* ---- French verbs in -er: one paradigm, with changes at the stem's end ----
 */

typedef struct {
  char strong[160]; /* before a mute e: "achèt" */
  char future[160]; /* before "er" of the future: "achèt" */
  char soft[160];   /* before a and o: "partag" + "e", "lan" + "ç" */
} Stems;

static bool
is_vowel(char c)
{
  return strchr("aeiouy", c) != NULL;
}

static void
copy_stem(char out[160], DgStr stem, size_t cut, const char *tail)
{
  (void)snprintf(out, 160, "%.*s%s", (int)(stem.len - cut), stem.ptr, tail);
}

/** "appel" doubles; "achet" takes a grave accent like all other stems. */
static bool
doubles(DgStr stem)
{
  static const char *const grave[] = { "achet",  "gel",          "pel",
                                       "model",  "ant\xC3\xA8l", "mantel",
                                       "martel", "hal" };
  for (size_t i = 0; i < sizeof grave / sizeof *grave; ++i) {
    if (dg_str_ends(stem, dg_str(grave[i])) &&
        !dg_str_ends(stem, DG_STR("appel"))) {
      return false;
    }
  }
  return dg_str_ends(stem, DG_STR("el")) || dg_str_ends(stem, DG_STR("et"));
}

static void
set_stems(DgStr stem, Stems *s)
{
  copy_stem(s->strong, stem, 0, "");
  copy_stem(s->future, stem, 0, "");
  copy_stem(s->soft, stem, 0, "");
  if (stem.len < 3) {
    return;
  }
  const char last = stem.ptr[stem.len - 1];
  const char before = stem.ptr[stem.len - 2];
  if (last == 'g') {
    copy_stem(s->soft, stem, 0, "e");
  } else if (last == 'c') {
    copy_stem(s->soft, stem, 1, "\xC3\xA7");
  } else if (last == 'y') {
    copy_stem(s->strong, stem, 1, "i");
    copy_stem(s->future, stem, 1, "i");
  } else if (!is_vowel(last) && before == 'e') {
    const char tail[3] = { last, doubles(stem) ? last : '\0', '\0' };
    char grave[8];
    (void)snprintf(grave, sizeof grave, "\xC3\xA8%c", last);
    copy_stem(s->strong, stem, doubles(stem) ? 1 : 2,
              doubles(stem) ? tail : grave);
    memcpy(s->future, s->strong, sizeof s->future);
  } else {
    /* é before one or two consonants opens in the present only. */
    size_t at = stem.len;
    while (at > 1 && stem.len - at < 2 &&
           (unsigned char)stem.ptr[at - 1] < 0x80 &&
           !is_vowel(stem.ptr[at - 1])) {
      --at;
    }
    if (at < stem.len && at >= 2 && !memcmp(stem.ptr + at - 2, "\xC3\xA9", 2)) {
      (void)snprintf(s->strong, sizeof s->strong, "%.*s\xC3\xA8%.*s",
                     (int)(at - 2), stem.ptr, (int)(stem.len - at),
                     stem.ptr + at);
    }
  }
}

static DgStatus
put_er_verb(const Out *out, DgStr verb)
{
  const DgStr stem = dg_str_sub(verb, 0, verb.len - 2);
  Stems s;
  set_stems(stem, &s);
  const DgStr strong = dg_str(s.strong);
  const DgStr future = dg_str(s.future);
  const DgStr soft = dg_str(s.soft);
  DG_TRY(put_all(out, DG_FORM_INF, stem, "er"));
  DG_TRY(put_all(out, DG_FORM_PRES, strong, "e es ent"));
  DG_TRY(put_all(out, DG_FORM_PRES, soft, "ons"));
  DG_TRY(put_all(out, DG_FORM_PRES, stem, "ez"));
  DG_TRY(put_all(out, DG_FORM_IMP, soft, "ais ait aient"));
  DG_TRY(put_all(out, DG_FORM_IMP, stem, "ions iez"));
  DG_TRY(put_all(out, DG_FORM_PAST, soft, "a"));
  DG_TRY(put_all(out, DG_FORM_PAST, stem, "\xC3\xA8rent"));
  DG_TRY(put_all(out, DG_FORM_FUT, future, FUTURE("er")));
  DG_TRY(put_all(out, DG_FORM_COND, future, CONDITIONAL("er")));
  DG_TRY(put_all(out, DG_FORM_PP, stem,
                 "\xC3\xA9 \xC3\xA9"
                 "e \xC3\xA9s \xC3\xA9"
                 "es"));
  return put_all(out, DG_FORM_GER, soft, "ant");
}

static DgStatus
french_verb(Out *out, DgStr verb)
{
  if (dg_str_starts(verb, DG_STR("s'"))) {
    verb = dg_str_sub(verb, 2, verb.len);
  } else if (dg_str_starts(verb, DG_STR("se "))) {
    verb = dg_str_sub(verb, 3, verb.len);
  }
  const size_t space = dg_str_find(verb, DG_STR(" "), 0);
  if (space != SIZE_MAX) {
    out->rest = dg_str_sub(verb, space, verb.len);
    verb = dg_str_sub(verb, 0, space);
  }
  for (size_t i = 0; i < sizeof french_verbs / sizeof *french_verbs; ++i) {
    const Paradigm *const row = &french_verbs[i];
    const bool whole = row->cut == strlen(row->ending) && row->cut > 4;
    if (whole ? dg_str_equal(verb, dg_str(row->ending))
              : dg_str_ends(verb, dg_str(row->ending))) {
      return put_paradigm(out, row, verb);
    }
  }
  return verb.len > 3 && dg_str_ends(verb, DG_STR("er"))
             ? put_er_verb(out, verb)
             : DG_NO_MATCH;
}

/* ---- English ---- */

static const struct {
  const char *base;
  const char *past;
  const char *participle;
} irregular[] = {
  { "be", "was were", "been" },
  { "become", "became", "become" },
  { "begin", "began", "begun" },
  { "bid", "bid", "bid" },
  { "break", "broke", "broken" },
  { "bring", "brought", "brought" },
  { "build", "built", "built" },
  { "buy", "bought", "bought" },
  { "choose", "chose", "chosen" },
  { "come", "came", "come" },
  { "cut", "cut", "cut" },
  { "do", "did", "done" },
  { "draw", "drew", "drawn" },
  { "fall", "fell", "fallen" },
  { "find", "found", "found" },
  { "get", "got", "got gotten" },
  { "give", "gave", "given" },
  { "go", "went", "gone" },
  { "grow", "grew", "grown" },
  { "have", "had", "had" },
  { "hold", "held", "held" },
  { "keep", "kept", "kept" },
  { "lead", "led", "led" },
  { "leave", "left", "left" },
  { "lend", "lent", "lent" },
  { "let", "let", "let" },
  { "make", "made", "made" },
  { "meet", "met", "met" },
  { "offload", "offloaded", "offloaded" },
  { "overtake", "overtook", "overtaken" },
  { "pay", "paid", "paid" },
  { "put", "put", "put" },
  { "say", "said", "said" },
  { "see", "saw", "seen" },
  { "seek", "sought", "sought" },
  { "sell", "sold", "sold" },
  { "send", "sent", "sent" },
  { "set", "set", "set" },
  { "shed", "shed", "shed" },
  { "spin", "spun", "spun" },
  { "split", "split", "split" },
  { "strike", "struck", "struck" },
  { "swap", "swapped", "swapped" },
  { "take", "took", "taken" },
  { "tell", "told", "told" },
  { "win", "won", "won" },
  { "withdraw", "withdrew", "withdrawn" },
};

static bool
ends_in_one_consonant(DgStr verb)
{
  if (verb.len < 3 || strchr("wxy", verb.ptr[verb.len - 1])) {
    return false;
  }
  return !is_vowel(verb.ptr[verb.len - 1]) &&
         is_vowel(verb.ptr[verb.len - 2]) && !is_vowel(verb.ptr[verb.len - 3]);
}

/* One syllable, or stress on the last: only these of more syllables occur. */
static bool
doubles_in_english(DgStr verb)
{
  static const char *const stressed[] = { "commit",   "submit", "permit",
                                          "transfer", "refer",  "equip",
                                          "control",  "incur",  "cancel" };
  size_t vowels = 0;
  for (size_t i = 0; i < verb.len; ++i) {
    vowels += is_vowel(verb.ptr[i]) && (i == 0 || !is_vowel(verb.ptr[i - 1]));
  }
  bool listed = vowels == 1;
  for (size_t i = 0; i < sizeof stressed / sizeof *stressed; ++i) {
    listed = listed || dg_str_equal(verb, dg_str(stressed[i]));
  }
  return listed && ends_in_one_consonant(verb);
}

static bool
hisses(DgStr word)
{
  static const char *const ends[] = { "s", "x", "z", "ch", "sh" };
  for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i) {
    if (dg_str_ends(word, dg_str(ends[i]))) {
      return true;
    }
  }
  return false;
}

static bool
ends_in_consonant_y(DgStr word)
{
  return word.len > 2 && word.ptr[word.len - 1] == 'y' &&
         !is_vowel(word.ptr[word.len - 2]);
}

/** `stem` + `tail` + the rest of the phrase. */
static DgStatus
put_phrase(const Out *out, DgFormPart part, DgStr stem, const char *tail,
           DgStr particle)
{
  char end[96];
  const int n = snprintf(end, sizeof end, "%s%.*s", tail, (int)particle.len,
                         particle.ptr);
  if (n < 0 || (size_t)n >= sizeof end) {
    return DG_LIMIT;
  }
  return put(out, part, stem, dg_str_n(end, (size_t)n));
}

static DgStatus
put_words(const Out *out, DgFormPart part, const char *words, DgStr particle)
{
  DgStr rest = dg_str(words);
  DgStr word;
  while (dg_str_cut(&rest, ' ', &word)) {
    DG_TRY(put_phrase(out, part, word, "", particle));
  }
  return DG_OK;
}

static DgStatus
put_regular_past(const Out *out, DgStr verb, DgStr particle)
{
  DgStr stem = verb;
  char doubled[4] = "ed";
  if (dg_str_ends(verb, DG_STR("e"))) {
    memcpy(doubled, "d", 2);
  } else if (ends_in_consonant_y(verb)) {
    stem = dg_str_sub(verb, 0, verb.len - 1);
    memcpy(doubled, "ied", 4);
  } else if (doubles_in_english(verb)) {
    doubled[0] = verb.ptr[verb.len - 1];
    memcpy(doubled + 1, "ed", 3);
  }
  DG_TRY(put_phrase(out, DG_FORM_PAST, stem, doubled, particle));
  return put_phrase(out, DG_FORM_PP, stem, doubled, particle);
}

static DgStatus
put_past(const Out *out, DgStr verb, DgStr particle)
{
  for (size_t i = 0; i < sizeof irregular / sizeof *irregular; ++i) {
    if (dg_str_equal(verb, dg_str(irregular[i].base))) {
      DG_TRY(put_words(out, DG_FORM_PAST, irregular[i].past, particle));
      return put_words(out, DG_FORM_PP, irregular[i].participle, particle);
    }
  }
  return put_regular_past(out, verb, particle);
}

static DgStatus
english_verb(const Out *out, DgStr phrase)
{
  size_t end = dg_str_find(phrase, DG_STR(" "), 0);
  end = end == SIZE_MAX ? phrase.len : end;
  const DgStr verb = dg_str_sub(phrase, 0, end);
  const DgStr particle = dg_str_sub(phrase, end, phrase.len);
  DG_TRY(put_phrase(out, DG_FORM_INF, verb, "", particle));
  DG_TRY(put_phrase(out, DG_FORM_PRES, verb, "", particle));
  if (ends_in_consonant_y(verb)) {
    DG_TRY(put_phrase(out, DG_FORM_PRES, dg_str_sub(verb, 0, verb.len - 1),
                      "ies", particle));
  } else {
    const bool is_have = dg_str_equal(verb, DG_STR("have"));
    DG_TRY(put_phrase(
        out, DG_FORM_PRES, is_have ? DG_STR("ha") : verb,
        hisses(verb) || dg_str_ends(verb, DG_STR("o")) ? "es" : "s", particle));
  }
  DG_TRY(put_past(out, verb, particle));
  const bool drop = dg_str_ends(verb, DG_STR("e")) && verb.len > 2 &&
                    !dg_str_ends(verb, DG_STR("ee"));
  const char doubled[] = { verb.len ? verb.ptr[verb.len - 1] : 'x', 'i', 'n',
                           'g', '\0' };
  return put_phrase(out, DG_FORM_GER,
                    drop ? dg_str_sub(verb, 0, verb.len - 1) : verb,
                    doubles_in_english(verb) ? doubled : "ing", particle);
}

/* ---- entry points ---- */

const char *
dg_form_part_text(DgFormPart part)
{
  static const char *const texts[] = {
#define FORM_PART_TEXT(name, text) text,
    DG_FORM_PARTS(FORM_PART_TEXT)
#undef FORM_PART_TEXT
  };
  return texts[part];
}

DgStatus
dg_inflect_verb(DgLang lang, DgStr infinitive, DgFormSink sink, void *user)
{
  Out out = { sink, user, DG_STR_NONE };
  return lang == DG_LANG_FR ? french_verb(&out, infinitive)
                            : english_verb(&out, infinitive);
}

DgStatus
dg_inflect_noun(DgLang lang, DgStr singular, DgFormSink sink, void *user)
{
  Out out = { sink, user, DG_STR_NONE };
  size_t end = dg_str_find(singular, DG_STR(" "), 0);
  end = end == SIZE_MAX || lang == DG_LANG_EN ? singular.len : end;
  const DgStr noun = dg_str_sub(singular, 0, end);
  const DgStr rest = dg_str_sub(singular, end, singular.len);
  DG_TRY(put_phrase(&out, DG_FORM_BASE, noun, "", rest));
  DgStr stem = noun;
  const char *tail = "s";
  if (lang == DG_LANG_FR) {
    if (dg_str_ends(noun, DG_STR("al"))) {
      stem = dg_str_sub(noun, 0, noun.len - 1);
      tail = "ux";
    } else if (dg_str_ends(noun, DG_STR("eau")) ||
               dg_str_ends(noun, DG_STR("eu"))) {
      tail = "x";
    } else if (strchr("sxz", noun.ptr[noun.len - 1])) {
      tail = "";
    }
  } else if (ends_in_consonant_y(noun)) {
    stem = dg_str_sub(noun, 0, noun.len - 1);
    tail = "ies";
  } else if (hisses(noun)) {
    tail = "es";
  }
  return put_phrase(&out, DG_FORM_PLUR, stem, tail, rest);
}

DgStatus
dg_inflect_adjective(DgLang lang, DgStr masculine, DgFormSink sink, void *user)
{
  Out out = { sink, user, DG_STR_NONE };
  if (lang != DG_LANG_FR) {
    return put(&out, DG_FORM_BASE, masculine, DG_STR("-"));
  }
  static const struct {
    const char *ending;
    const char *masculine_plural;
    const char *feminine;
  } rows[] = {
    { "if", "ifs", "ive" },   { "el", "els", "elle" },
    { "eux", "eux", "euse" }, { "ier", "iers", "i\xC3\xA8re" },
    { "al", "aux", "ale" },   { "ien", "iens", "ienne" },
    { "e", "es", "e" },       { "ais", "ais", "aise" },
    { "ois", "ois", "oise" },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
    const DgStr ending = dg_str(rows[i].ending);
    if (dg_str_ends(masculine, ending)) {
      const DgStr stem = dg_str_sub(masculine, 0, masculine.len - ending.len);
      DG_TRY(put(&out, DG_FORM_BASE, masculine, DG_STR("-")));
      DG_TRY(put_all(&out, DG_FORM_BASE, stem, rows[i].masculine_plural));
      DG_TRY(put_all(&out, DG_FORM_BASE, stem, rows[i].feminine));
      return put_phrase(&out, DG_FORM_BASE, stem, rows[i].feminine,
                        DG_STR("s"));
    }
  }
  return put_all(&out, DG_FORM_BASE, masculine, "- s e es");
}
