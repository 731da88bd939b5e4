/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/html_pieces.h"

#include <stdlib.h>

/*
 * Class names and ids are words of the page's makers: "article-body",
 * "relatedArticles", "social_share". They are cut at capitals and marks, and
 * each word, or pair of words, is looked up.
 */

typedef struct {
  const char *word;
  unsigned hints;
} Hint;

/** Sorted by word; "a-b" stands for two words in a row. */
static const Hint hints[] = {
  { "ad", DG_HINT_BAD },
  { "addthis", DG_HINT_BAD },
  { "ads", DG_HINT_BAD },
  { "adslot", DG_HINT_BAD },
  { "advert", DG_HINT_BAD },
  { "advertisement", DG_HINT_BAD },
  { "advertising", DG_HINT_BAD },
  { "affiliate", DG_HINT_BAD },
  { "article-body", DG_HINT_BODY },
  { "article-content", DG_HINT_BODY },
  { "article-tags", DG_HINT_BAD },
  { "article-text", DG_HINT_BODY },
  { "articlebody", DG_HINT_BODY },
  { "author", DG_HINT_BYLINE },
  { "author-bio", DG_HINT_BAD },
  { "banner", DG_HINT_BAD },
  { "bio", DG_HINT_BAD },
  { "breadcrumb", DG_HINT_BAD },
  { "breadcrumbs", DG_HINT_BAD },
  { "byline", DG_HINT_BYLINE },
  { "caption", DG_HINT_CAPTION },
  { "chapo", DG_HINT_STANDFIRST },
  { "comment", DG_HINT_COMMENT },
  { "commentaires", DG_HINT_COMMENT },
  { "comments", DG_HINT_COMMENT },
  { "cookie", DG_HINT_BAD },
  { "cookies", DG_HINT_BAD },
  { "copyright", DG_HINT_BAD },
  { "credit", DG_HINT_CAPTION },
  { "credits", DG_HINT_CAPTION },
  { "date", DG_HINT_BYLINE },
  { "dek", DG_HINT_STANDFIRST },
  { "disclaimer", DG_HINT_BAD },
  { "disqus", DG_HINT_COMMENT },
  { "entry-content", DG_HINT_BODY },
  { "figcaption", DG_HINT_CAPTION },
  { "follow", DG_HINT_BAD },
  { "footer", DG_HINT_BAD },
  { "gallery", DG_HINT_BAD },
  { "gdpr", DG_HINT_BAD },
  { "headline", DG_HINT_TITLE },
  { "jp-relatedposts", DG_HINT_BAD },
  { "login", DG_HINT_BAD },
  { "masthead", DG_HINT_BAD },
  { "menu", DG_HINT_BAD },
  { "meta", DG_HINT_BYLINE },
  { "modal", DG_HINT_BAD },
  { "more-from", DG_HINT_BAD },
  { "most-popular", DG_HINT_BAD },
  { "most-read", DG_HINT_BAD },
  { "nav", DG_HINT_BAD },
  { "navbar", DG_HINT_BAD },
  { "navigation", DG_HINT_BAD },
  { "newsletter", DG_HINT_BAD },
  { "outbrain", DG_HINT_BAD },
  { "overlay", DG_HINT_BAD },
  { "pager", DG_HINT_BAD },
  { "pagination", DG_HINT_BAD },
  { "paywall", DG_HINT_WALL },
  { "popular", DG_HINT_BAD },
  { "popup", DG_HINT_BAD },
  { "post-body", DG_HINT_BODY },
  { "post-content", DG_HINT_BODY },
  { "post-meta", DG_HINT_BAD },
  { "print-only", DG_HINT_BAD },
  { "promo", DG_HINT_BAD },
  { "promoted", DG_HINT_BAD },
  { "promotion", DG_HINT_BAD },
  { "read-also", DG_HINT_BAD },
  { "read-more", DG_HINT_BAD },
  { "readmore", DG_HINT_BAD },
  { "recirc", DG_HINT_BAD },
  { "recommend", DG_HINT_BAD },
  { "recommendations", DG_HINT_BAD },
  { "recommended", DG_HINT_BAD },
  { "related", DG_HINT_BAD },
  { "relatedposts", DG_HINT_BAD },
  { "respond", DG_HINT_COMMENT },
  { "rss", DG_HINT_BAD },
  { "screen-reader", DG_HINT_BAD },
  { "share", DG_HINT_BAD },
  { "sharedaddy", DG_HINT_BAD },
  { "sharing", DG_HINT_BAD },
  { "shortcuts", DG_HINT_BAD },
  { "sidebar", DG_HINT_BAD },
  { "signup", DG_HINT_BAD },
  { "skip", DG_HINT_BAD },
  { "social", DG_HINT_BAD },
  { "socials", DG_HINT_BAD },
  { "sponsor", DG_HINT_BAD },
  { "sponsored", DG_HINT_BAD },
  { "sr-only", DG_HINT_BAD },
  { "standfirst", DG_HINT_STANDFIRST },
  { "story-body", DG_HINT_BODY },
  { "story-content", DG_HINT_BODY },
  { "subscribe", DG_HINT_BAD },
  { "subscription", DG_HINT_BAD },
  { "subtitle", DG_HINT_STANDFIRST },
  { "taboola", DG_HINT_BAD },
  { "tags", DG_HINT_BAD },
  { "teaser", DG_HINT_BAD },
  { "teasers", DG_HINT_BAD },
  { "timestamp", DG_HINT_BYLINE },
  { "toolbar", DG_HINT_BAD },
  { "tooltip", DG_HINT_BAD },
  { "trending", DG_HINT_BAD },
  { "visually-hidden", DG_HINT_BAD },
  { "widget", DG_HINT_BAD },
};

static int
compare_hint(const void *key, const void *item)
{
  return strcmp(key, ((const Hint *)item)->word);
}

static unsigned
look_up(const char *word)
{
  const Hint *const hint = bsearch(word, hints, sizeof hints / sizeof *hints,
                                   sizeof *hints, compare_hint);
  return hint ? hint->hints : 0;
}

enum { WORD_MAX = 24 };

static bool
is_lower(char c)
{
  return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
  return c >= 'A' && c <= 'Z';
}

/**
 * The next word of `s` from `*at`, lower-cased.
 * @return its length; 0 at the end. A longer word is cut.
 */
static size_t
next_word(DgStr s, size_t *at, char out[WORD_MAX + 1])
{
  size_t i = *at;
  while (i < s.len && !is_lower(s.ptr[i]) && !is_upper(s.ptr[i])) {
    ++i;
  }
  size_t n = 0;
  for (; i < s.len; ++i) {
    const char c = s.ptr[i];
    if (!is_lower(c) && !is_upper(c)) {
      break;
    }
    if (n && is_upper(c) && is_lower(s.ptr[i - 1])) {
      break;
    }
    if (n < WORD_MAX) {
      out[n++] = (char)(is_upper(c) ? c - 'A' + 'a' : c);
    }
  }
  out[n] = '\0';
  *at = i;
  return n;
}

unsigned
dg_html_hints_of_words(DgStr words)
{
  unsigned found = 0;
  char pair[2 * WORD_MAX + 2] = "";
  char word[WORD_MAX + 1];
  size_t at = 0;
  size_t before = 0;
  for (size_t n; (n = next_word(words, &at, word)) > 0;) {
    found |= look_up(word);
    if (before) {
      pair[before] = '-';
      memcpy(pair + before + 1, word, n + 1);
      found |= look_up(pair);
    }
    memcpy(pair, word, n + 1);
    before = n;
  }
  return found;
}
