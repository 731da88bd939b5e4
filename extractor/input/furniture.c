/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/furniture.h"

#include "base/utf8.h"
#include "input/tokens.h"

enum { LINE_MAX = 400, FOLDED_MAX = 3 * LINE_MAX };

/** A wording: folded, apostrophes as ', blanks single. */
typedef struct {
  const char *text;
  unsigned short max; /**< longest line in bytes, 0: nothing may follow */
  DgFurniture kind;
} Wording;

/* `max` is wide where the wording cannot begin a sentence. */
static const Wording wordings[] = {
  /* Links to other articles. */
  { "lire aussi", 400, DG_FURNITURE_LINE },
  { "a lire aussi", 400, DG_FURNITURE_LINE },
  { "a lire :", 300, DG_FURNITURE_LINE },
  { "a lire egalement", 300, DG_FURNITURE_LINE },
  { "lire egalement", 300, DG_FURNITURE_LINE },
  { "lire :", 300, DG_FURNITURE_LINE },
  { "lire notre ", 160, DG_FURNITURE_LINE },
  { "lisez aussi", 300, DG_FURNITURE_LINE },
  { "relire :", 300, DG_FURNITURE_LINE },
  { "voir aussi", 300, DG_FURNITURE_LINE },
  { "a voir aussi", 300, DG_FURNITURE_LINE },
  { "ecouter aussi", 300, DG_FURNITURE_LINE },
  { "decouvrez aussi", 300, DG_FURNITURE_LINE },
  { "pour aller plus loin :", 300, DG_FURNITURE_LINE },
  { "notre dossier", 120, DG_FURNITURE_LINE },
  { "en savoir plus", 60, DG_FURNITURE_LINE },
  { "read also", 300, DG_FURNITURE_LINE },
  { "also read", 300, DG_FURNITURE_LINE },
  { "read more:", 300, DG_FURNITURE_LINE },
  { "read more about", 160, DG_FURNITURE_LINE },
  { "read more on", 160, DG_FURNITURE_LINE },
  { "read next", 300, DG_FURNITURE_LINE },
  { "see also", 300, DG_FURNITURE_LINE },
  { "related:", 300, DG_FURNITURE_LINE },
  { "more on this", 80, DG_FURNITURE_LINE },
  { "watch:", 200, DG_FURNITURE_LINE },
  { "watch now", 60, DG_FURNITURE_LINE },
  { "recommended:", 300, DG_FURNITURE_LINE },
  { "click here to", 160, DG_FURNITURE_LINE },
  { "cliquez ici", 160, DG_FURNITURE_LINE },
  { "learn more", 40, DG_FURNITURE_LINE },
  /* The rest of the text lies elsewhere. */
  { "lire la suite", 60, DG_FURNITURE_MORE },
  { "voir la suite", 60, DG_FURNITURE_MORE },
  { "suite de l'article", 60, DG_FURNITURE_MORE },
  { "continuer la lecture", 60, DG_FURNITURE_MORE },
  { "poursuivre la lecture", 60, DG_FURNITURE_MORE },
  { "read more", 12, DG_FURNITURE_MORE },
  { "read the full", 60, DG_FURNITURE_MORE },
  { "continue reading", 60, DG_FURNITURE_MORE },
  { "keep reading", 40, DG_FURNITURE_MORE },
  { "view more", 20, DG_FURNITURE_MORE },
  /* Subscription walls. */
  { "article reserve aux abonnes", 120, DG_FURNITURE_PAYWALL },
  { "reserve aux abonnes", 120, DG_FURNITURE_PAYWALL },
  { "cet article est reserve", 200, DG_FURNITURE_PAYWALL },
  { "la suite est reservee", 200, DG_FURNITURE_PAYWALL },
  { "il vous reste ", 200, DG_FURNITURE_PAYWALL },
  { "abonnez-vous pour lire", 200, DG_FURNITURE_PAYWALL },
  { "pour lire la suite", 200, DG_FURNITURE_PAYWALL },
  { "subscribe to read", 200, DG_FURNITURE_PAYWALL },
  { "subscribe to continue", 200, DG_FURNITURE_PAYWALL },
  { "to continue reading", 200, DG_FURNITURE_PAYWALL },
  { "this article is for subscribers", 200, DG_FURNITURE_PAYWALL },
  { "this content is for subscribers", 200, DG_FURNITURE_PAYWALL },
  { "already a subscriber?", 160, DG_FURNITURE_PAYWALL },
  { "deja abonne ?", 160, DG_FURNITURE_PAYWALL },
  { "subscribers only", 60, DG_FURNITURE_PAYWALL },
  /* Subscriptions, newsletters, accounts. */
  { "abonnez-vous", 200, DG_FURNITURE_LINE },
  { "je m'abonne", 80, DG_FURNITURE_LINE },
  { "s'abonner", 60, DG_FURNITURE_LINE },
  { "s'inscrire", 60, DG_FURNITURE_LINE },
  { "inscrivez-vous", 240, DG_FURNITURE_LINE },
  { "se connecter", 60, DG_FURNITURE_LINE },
  { "creer un compte", 60, DG_FURNITURE_LINE },
  { "votre avis nous interesse", 120, DG_FURNITURE_LINE },
  { "vous avez une information", 160, DG_FURNITURE_LINE },
  { "recevez ", 160, DG_FURNITURE_LINE },
  { "recevoir la newsletter", 120, DG_FURNITURE_LINE },
  { "newsletter", 0, DG_FURNITURE_LINE },
  { "newsletter :", 200, DG_FURNITURE_LINE },
  { "newsletter:", 200, DG_FURNITURE_LINE },
  { "notre newsletter", 160, DG_FURNITURE_LINE },
  { "votre adresse e-mail", 160, DG_FURNITURE_LINE },
  { "votre e-mail", 120, DG_FURNITURE_LINE },
  { "sign up", 200, DG_FURNITURE_LINE },
  { "sign in", 60, DG_FURNITURE_LINE },
  { "log in", 60, DG_FURNITURE_LINE },
  { "subscribe", 80, DG_FURNITURE_LINE },
  { "subscribe to our", 200, DG_FURNITURE_LINE },
  { "get our ", 160, DG_FURNITURE_LINE },
  { "get the latest", 160, DG_FURNITURE_LINE },
  { "join our newsletter", 160, DG_FURNITURE_LINE },
  { "enter your email", 120, DG_FURNITURE_LINE },
  { "your email address", 120, DG_FURNITURE_LINE },
  { "support our journalism", 120, DG_FURNITURE_LINE },
  /* Sharing. */
  { "partager", 0, DG_FURNITURE_LINE },
  { "partager sur", 60, DG_FURNITURE_LINE },
  { "partager cet", 60, DG_FURNITURE_LINE },
  { "partager l'article", 60, DG_FURNITURE_LINE },
  { "partager par", 60, DG_FURNITURE_LINE },
  { "partager :", 80, DG_FURNITURE_LINE },
  { "partagez", 120, DG_FURNITURE_LINE },
  { "imprimer", 20, DG_FURNITURE_LINE },
  { "envoyer par e-mail", 60, DG_FURNITURE_LINE },
  { "copier le lien", 40, DG_FURNITURE_LINE },
  { "suivez-nous", 160, DG_FURNITURE_LINE },
  { "suivre", 0, DG_FURNITURE_LINE },
  { "ecouter cet article", 60, DG_FURNITURE_LINE },
  { "ecouter l'article", 60, DG_FURNITURE_LINE },
  { "ajouter a mes favoris", 60, DG_FURNITURE_LINE },
  { "reagir", 0, DG_FURNITURE_LINE },
  { "reagir (", 20, DG_FURNITURE_LINE },
  { "share", 0, DG_FURNITURE_LINE },
  { "share on", 40, DG_FURNITURE_LINE },
  { "share via", 40, DG_FURNITURE_LINE },
  { "share with", 40, DG_FURNITURE_LINE },
  { "share this", 60, DG_FURNITURE_LINE },
  { "follow us", 160, DG_FURNITURE_LINE },
  { "like us on", 120, DG_FURNITURE_LINE },
  { "tweet", 12, DG_FURNITURE_LINE },
  { "print", 0, DG_FURNITURE_LINE },
  { "email", 0, DG_FURNITURE_LINE },
  { "facebook", 0, DG_FURNITURE_LINE },
  { "twitter", 0, DG_FURNITURE_LINE },
  { "linkedin", 0, DG_FURNITURE_LINE },
  { "whatsapp", 0, DG_FURNITURE_LINE },
  { "copy link", 20, DG_FURNITURE_LINE },
  { "save", 0, DG_FURNITURE_LINE },
  { "listen to this article", 60, DG_FURNITURE_LINE },
  /* Cookies and law. */
  { "ce site utilise des cookies", 400, DG_FURNITURE_LINE },
  { "nous utilisons des cookies", 400, DG_FURNITURE_LINE },
  { "en poursuivant votre navigation", 400, DG_FURNITURE_LINE },
  { "accepter les cookies", 120, DG_FURNITURE_LINE },
  { "tout accepter", 40, DG_FURNITURE_LINE },
  { "continuer sans accepter", 40, DG_FURNITURE_LINE },
  { "gerer mes preferences", 60, DG_FURNITURE_LINE },
  { "this site uses cookies", 400, DG_FURNITURE_LINE },
  { "this website uses cookies", 400, DG_FURNITURE_LINE },
  { "we use cookies", 400, DG_FURNITURE_LINE },
  { "by continuing to use", 300, DG_FURNITURE_LINE },
  { "by continuing to browse", 300, DG_FURNITURE_LINE },
  { "accept all", 40, DG_FURNITURE_LINE },
  { "accept cookies", 40, DG_FURNITURE_LINE },
  { "cookie policy", 0, DG_FURNITURE_LINE },
  { "privacy policy", 0, DG_FURNITURE_LINE },
  { "terms of use", 0, DG_FURNITURE_LINE },
  { "mentions legales", 0, DG_FURNITURE_LINE },
  { "tous droits reserves", 120, DG_FURNITURE_LINE },
  { "all rights reserved", 120, DG_FURNITURE_LINE },
  { "copyright ©", 160, DG_FURNITURE_LINE },
  { "copyright (c)", 160, DG_FURNITURE_LINE },
  { "copyright 1", 160, DG_FURNITURE_LINE },
  { "copyright 2", 160, DG_FURNITURE_LINE },
  { "©", 160, DG_FURNITURE_LINE },
  { "publicite", 0, DG_FURNITURE_LINE },
  { "la suite apres cette publicite", 60, DG_FURNITURE_LINE },
  { "la suite de votre contenu", 80, DG_FURNITURE_LINE },
  { "advertisement", 40, DG_FURNITURE_LINE },
  { "article continues below", 60, DG_FURNITURE_LINE },
  { "story continues", 60, DG_FURNITURE_LINE },
  { "sponsored", 20, DG_FURNITURE_LINE },
  { "skip to ", 60, DG_FURNITURE_LINE },
  { "aller au contenu", 60, DG_FURNITURE_LINE },
  { "credit photo", 160, DG_FURNITURE_LINE },
  { "credits :", 160, DG_FURNITURE_LINE },
  { "photo credit", 160, DG_FURNITURE_LINE },
  { "image credit", 160, DG_FURNITURE_LINE },
  { "temps de lecture", 60, DG_FURNITURE_LINE },
  { "source :", 40, DG_FURNITURE_LINE },
  { "source:", 40, DG_FURNITURE_LINE },
  { "mots-cles", 200, DG_FURNITURE_LINE },
  { "tags:", 200, DG_FURNITURE_LINE },
  { "tags :", 200, DG_FURNITURE_LINE },
  /* Heads of teaser lists. */
  { "a lire aussi", 16, DG_FURNITURE_LIST },
  { "lire aussi", 16, DG_FURNITURE_LIST },
  { "a lire", 0, DG_FURNITURE_LIST },
  { "sur le meme sujet", 40, DG_FURNITURE_LIST },
  { "sur le meme theme", 40, DG_FURNITURE_LIST },
  { "articles lies", 40, DG_FURNITURE_LIST },
  { "articles similaires", 40, DG_FURNITURE_LIST },
  { "a decouvrir", 40, DG_FURNITURE_LIST },
  { "vous aimerez aussi", 60, DG_FURNITURE_LIST },
  { "nos lecteurs ont lu", 60, DG_FURNITURE_LIST },
  { "nos lecteurs ont aussi", 60, DG_FURNITURE_LIST },
  { "a suivre", 10, DG_FURNITURE_LIST },
  { "pour aller plus loin", 24, DG_FURNITURE_LIST },
  { "sur le meme dossier", 40, DG_FURNITURE_LIST },
  { "dans l'actualite", 40, DG_FURNITURE_LIST },
  { "what to read next", 40, DG_FURNITURE_LIST },
  { "also in this section", 40, DG_FURNITURE_LIST },
  { "in other news", 30, DG_FURNITURE_LIST },
  { "more on this story", 40, DG_FURNITURE_LIST },
  { "related articles", 40, DG_FURNITURE_LIST },
  { "related stories", 40, DG_FURNITURE_LIST },
  { "related topics", 40, DG_FURNITURE_LIST },
  { "related content", 40, DG_FURNITURE_LIST },
  { "related", 0, DG_FURNITURE_LIST },
  { "recommended", 0, DG_FURNITURE_LIST },
  { "recommended for you", 40, DG_FURNITURE_LIST },
  { "you may also like", 60, DG_FURNITURE_LIST },
  { "you might also like", 60, DG_FURNITURE_LIST },
  { "more stories", 40, DG_FURNITURE_LIST },
  { "more from", 60, DG_FURNITURE_LIST },
  /* Below the article. */
  { "les dernieres actualites", 60, DG_FURNITURE_END },
  { "dernieres actualites", 60, DG_FURNITURE_END },
  { "l'actualite en continu", 60, DG_FURNITURE_END },
  { "derniers articles", 90, DG_FURNITURE_END },
  { "les plus lus", 40, DG_FURNITURE_END },
  { "les plus lues", 40, DG_FURNITURE_END },
  { "articles les plus lus", 40, DG_FURNITURE_END },
  { "a la une", 30, DG_FURNITURE_END },
  { "toute l'actualite", 60, DG_FURNITURE_END },
  { "plus d'articles", 40, DG_FURNITURE_END },
  { "dans la meme rubrique", 40, DG_FURNITURE_END },
  { "commentaires", 0, DG_FURNITURE_END },
  { "commentaires (", 30, DG_FURNITURE_END },
  { "laisser un commentaire", 40, DG_FURNITURE_END },
  { "ajouter un commentaire", 40, DG_FURNITURE_END },
  { "contenus sponsorises", 40, DG_FURNITURE_END },
  { "most read", 30, DG_FURNITURE_END },
  { "most popular", 30, DG_FURNITURE_END },
  { "latest news", 30, DG_FURNITURE_END },
  { "top stories", 30, DG_FURNITURE_END },
  { "trending now", 30, DG_FURNITURE_END },
  { "comments", 0, DG_FURNITURE_END },
  { "comments (", 30, DG_FURNITURE_END },
  { "leave a comment", 30, DG_FURNITURE_END },
  { "leave a reply", 30, DG_FURNITURE_END },
  { "around the web", 40, DG_FURNITURE_END },
};

/** Fold, and make blanks and apostrophes plain. @return bytes. */
static size_t
fold_plain(DgStr line, char out[FOLDED_MAX])
{
  size_t len = 0;
  bool space = false;
  for (size_t i = 0, size; i < line.len; i += size) {
    const uint32_t code = dg_utf8_decode(line, i, &size);
    if (dg_utf8_is_space(code)) {
      space = len > 0;
      continue;
    }
    if (space) {
      out[len++] = ' ';
      space = false;
    }
    if (code == 0x2019 || code == '\'') {
      out[len++] = '\'';
    } else {
      len += dg_utf8_fold_code(code, out + len);
    }
  }
  return len;
}

/** Marks that lead a line: bullets, arrows, brackets. */
static DgStr
without_lead(DgStr line)
{
  static const char *const leads[] = { ">", "»", "→",  "►", "▶", "•",
                                       "·", "*", "[",  "(", "-", "–",
                                       "+", "⇒", "//", "■", "●", NULL };
  for (size_t i = 0; leads[i]; ++i) {
    const DgStr lead = dg_str(leads[i]);
    if (dg_str_starts(line, lead)) {
      line = dg_str_trim(dg_str_sub(line, lead.len, line.len));
      i = SIZE_MAX;
    }
  }
  return line;
}

static DgStr
without_tail(DgStr line)
{
  while (line.len && strchr(" .:>!])", line.ptr[line.len - 1])) {
    --line.len;
  }
  return line;
}

/**
 * True when the wording stands at the start of `folded` and the word does not
 * go on there. Glued capitals ("Lire aussiLe groupe") are a copy's doing.
 */
static bool
matches(const Wording *wording, DgStr folded, DgStr line)
{
  const DgStr text = dg_str(wording->text);
  if (!dg_str_starts(folded, text)) {
    return false;
  }
  if (wording->max == 0) {
    return without_tail(folded).len == text.len;
  }
  if (line.len > wording->max) {
    return false;
  }
  if (folded.len == text.len || text.ptr[text.len - 1] == ' ') {
    return true;
  }
  const unsigned char next = (unsigned char)folded.ptr[text.len];
  const bool letter = (next >= 'a' && next <= 'z') || next == '\'';
  return !letter || wording->max >= 300;
}

static DgFurniture
find(DgStr line, DgStr folded)
{
  DgFurniture found = DG_FURNITURE_NONE;
  for (size_t i = 0; i < sizeof wordings / sizeof *wordings; ++i) {
    if (wordings[i].text[0] == folded.ptr[0] &&
        matches(&wordings[i], folded, line)) {
      found = wordings[i].kind; /* a later one is more particular */
    }
  }
  return found;
}

/** "12 commentaires", "3 shares", "4 min": a number and what it counts. */
static bool
is_count(DgStr folded)
{
  static const char *const counted[] = {
    "commentaire", "commentaires", "comment", "comments",       "partage",
    "partages",    "share",        "shares",  "likes",          "j'aime",
    "reactions",   "min",          "mins",    "min de lecture", "min read",
    "views",       "vues",         NULL
  };
  size_t digits = 0;
  while (digits < folded.len && folded.ptr[digits] >= '0' &&
         folded.ptr[digits] <= '9') {
    ++digits;
  }
  const DgStr rest = dg_str_trim(dg_str_sub(folded, digits, folded.len));
  for (size_t i = 0; digits && counted[i]; ++i) {
    if (dg_str_equal(rest, dg_str(counted[i]))) {
      return true;
    }
  }
  return false;
}

/** "Save  Share  Comment": nothing but names of buttons. */
static bool
is_buttons(DgStr line)
{
  static const char buttons[] =
      "save share comment comments print email e-mail mail tweet follow like "
      "listen partager commenter imprimer envoyer enregistrer sauvegarder "
      "ecouter suivre reagir copier facebook twitter x linkedin whatsapp "
      "bluesky flipboard pinterest reddit messenger telegram | · • - ( ) /";
  DgTokens tokens;
  dg_tokens_read(line, &tokens);
  size_t words = 0;
  for (size_t i = 0; i < tokens.n; ++i) {
    const bool number = dg_token(&tokens, i)->kind == DG_TOKEN_NUMBER;
    if (!number && !dg_token_in(&tokens, i, buttons)) {
      return false;
    }
    words += dg_token(&tokens, i)->kind == DG_TOKEN_WORD;
  }
  return words >= 2 && !tokens.cut;
}

/** "Accueil > Économie > Industrie": a path through the site. */
static bool
is_path(DgStr folded)
{
  size_t marks = 0;
  for (size_t at = 0; (at = dg_str_find(folded, DG_STR(" > "), at)) != SIZE_MAX;
       ++at) {
    ++marks;
  }
  return marks >= 2 ||
         (marks == 1 && (dg_str_starts(folded, DG_STR("accueil")) ||
                         dg_str_starts(folded, DG_STR("home"))));
}

DgFurniture
dg_furniture_of(DgStr line)
{
  if (line.len == 0 || line.len > LINE_MAX) {
    return DG_FURNITURE_NONE;
  }
  const DgStr bare = without_lead(line);
  char folded[FOLDED_MAX];
  const size_t n = fold_plain(bare, folded);
  const DgStr plain = dg_str_n(folded, n);
  if (is_count(plain) || is_path(plain) || is_buttons(bare)) {
    return DG_FURNITURE_LINE;
  }
  return n ? find(bare, plain) : DG_FURNITURE_NONE;
}
