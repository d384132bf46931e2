//! What a page is that holds no article, or hardly any: said, never summarised.

use dom_query::Document;
use url::Url;

use super::blocks::{Block, Outline};
use super::metas::Metas;
use super::notices;
use super::parts::{Part, Parts};
use super::structured::Declared;
use crate::article::{Refusal, line};

/// An article of fewer words is looked at twice: it may be a teaser, a notice or a wall.
pub const THIN: usize = 60;
/// A page that declares itself not free shows its teaser up to this many words.
const TEASER: usize = 150;
/// A page with as many other stories as this is a list of them, unless something says that it is an article.
const LIST: usize = 3;
/// What a list of pages says of itself is at most this long: what an author does, what a section is about.
const INTRODUCTION: usize = 150;
/// The headline of a list has at most this many words: a name, a subject, a section.
const NAME: usize = 4;
/// A notice has at most this many words; what is longer is a paragraph that happens to hold its words.
const NOTICE: usize = 30;
/// A shell for scripts has at most this many words of its own.
const SHELL: usize = 40;
/// How much of a page's text is read for its kind, in bytes.
const SAMPLE: usize = 20_000;

/// What is asked of a page beside its article. Read before the extractors take the page apart.
pub struct Page<'a> {
    declared: &'a Declared,
    outline: &'a Outline,
    parts: &'a Parts,
    /// What is shown where no scripts run.
    without_script: String,
    has_script: bool,
    is_challenge: bool,
    /// What the page's template calls it: an error, a list of pages.
    template: Option<Refusal>,
    /// `og:type`.
    declared_type: String,
    is_front: bool,
}

impl<'a> Page<'a> {
    /// Reads `document`, whose blocks are `outline`.
    pub fn read(
        document: &Document,
        metas: &Metas,
        declared: &'a Declared,
        outline: &'a Outline,
        parts: &'a Parts,
        url: Option<&Url>,
    ) -> Self {
        const CHALLENGE: &str = "#challenge-form, #cf-challenge, .cf-browser-verification, #px-captcha, .g-recaptcha, .h-captcha, \
                                 script[src*='challenge-platform'], script[src*='_Incapsula_Resource'], iframe[src*='_Incapsula_Resource'], \
                                 iframe[src*='captcha-delivery']";

        let kind = metas.first(&["og:type"]).unwrap_or_default().to_ascii_lowercase();
        Self {
            without_script: document
                .select("noscript")
                .nodes()
                .iter()
                .flat_map(|node| [node.text().to_string(), " ".to_owned()])
                .collect(),
            has_script: document.select_single("script").exists(),
            is_challenge: document.select(CHALLENGE).exists(),
            template: template(document)
                .or((declared.is_list || kind == "profile").then_some(Refusal::NoArticle)),
            declared_type: kind,
            is_front: url.is_some_and(|url| url.path() == "/" && url.query().is_none()),
            declared,
            outline,
            parts,
        }
    }

    /// Whether `blocks`, under `headline`, can be this page's article; `dated` if the page says when it was published.
    ///
    /// # Errors
    /// What the page is instead.
    pub fn check(&self, headline: &str, blocks: &[Block], dated: bool) -> Result<(), Refusal> {
        // Lines without a single sentence are a list of headlines, whatever the extractors say.
        let told = blocks.iter().any(|block| block.is_prose || block.is_long());
        let words: usize = if told { blocks.iter().map(|block| block.words).sum() } else { 0 };
        // A headline says so whatever else the page shows: many sites fill their 404 page with headlines.
        let headline = line::key(headline);
        let names = headline.split(' ').count();
        let said = || {
            notices::PHRASES[..2].iter().find(|(refusal, phrases)| {
                notices::says(&headline, *phrases)
                    || (*refusal == Refusal::NotFound && notices::is_gone(&headline))
            })
        };
        if names <= 10
            && let Some((refusal, _)) = said()
        {
            return Err(*refusal);
        }
        if let Some(refusal) = self.template.filter(|_| !self.is_article()) {
            return Err(refusal);
        }
        if words < THIN
            && let Some(refusal) = self.instead(words)
        {
            return Err(refusal);
        }
        let introduced =
            self.is_front || (!dated && !self.is_article() && names <= NAME && words <= INTRODUCTION);
        if self.parts.stories >= LIST && introduced {
            return Err(Refusal::NoArticle);
        }
        Ok(())
    }

    /// Whether the page declares itself an article.
    fn is_article(&self) -> bool {
        self.declared_type == "article" || self.declared.is_article()
    }

    /// What a page with an article of `words` words, fewer than an article has, says that it is.
    fn instead(&self, words: usize) -> Option<Refusal> {
        if self.declared.free == Some(false) {
            return Some(Refusal::Paywall);
        }
        let text = self.text();
        let told = notices::PHRASES
            .iter()
            .find(|(_, phrases)| notices::says(&text, *phrases))
            .map(|(refusal, _)| *refusal);
        told.or_else(|| self.notices().any(|key| notices::is_gone(&key)).then_some(Refusal::NotFound))
            .or_else(|| self.notices().any(|key| notices::is_wall(&key)).then_some(Refusal::Paywall))
            .or(self.is_challenge.then_some(Refusal::BotCheck))
            .or_else(|| (words == 0 && self.is_shell()).then_some(Refusal::NeedsScript))
            .or((words == 0).then_some(Refusal::NoArticle))
    }

    /// Why an article of these blocks is only the beginning of one: the page declares that it is not free, and it is short or breaks off; or
    /// below it stands that the rest is for subscribers.
    #[must_use]
    pub fn cut(&self, blocks: &[Block]) -> Option<Refusal> {
        let words: usize = blocks.iter().map(|block| block.words).sum();
        let last = blocks.last()?;
        let declared = self.declared.free == Some(false) && (words < TEASER || line::ends_cut(&last.text));
        let below =
            self.outline.blocks.iter().rposition(|block| block.text == last.text).map_or(0, |at| at + 1);
        let walled = || {
            let notice = |at: usize| {
                let block = &self.outline.blocks[at];
                block.words <= NOTICE
                    && notices::is_wall(&line::key(&block.text))
                    && !self.is_beside(block.element)
            };
            let says_itself = last.words <= NOTICE && notices::is_plain_wall(&line::key(&last.text));
            (below..self.outline.blocks.len()).any(notice) || says_itself
        };
        (declared || walled()).then_some(Refusal::Paywall)
    }

    /// Whether an element stands in another story, or in a part of the page that is named for what stands beside an article.
    fn is_beside(&self, element: usize) -> bool {
        let mut at = element;
        while at > 0 {
            if matches!(self.outline.elements[at].name, "nav" | "aside" | "footer" | "menu") {
                return true;
            }
            at = self.outline.elements[at].parent;
        }
        self.parts.elements[element] == Part::OtherStory
    }

    /// The keys of the lines that may be notices to the reader.
    fn notices(&self) -> impl Iterator<Item = String> {
        let blocks = self.outline.blocks.iter().zip(&self.parts.blocks);
        let own = blocks.filter(|(block, part)| **part != Part::OtherStory && block.words <= NOTICE);
        own.map(|(block, _)| line::key(&block.text))
    }

    /// The folded text of the page, what it says without scripts included, what it says of other pages not.
    fn text(&self) -> String {
        let mut text = String::new();
        for (block, part) in self.outline.blocks.iter().zip(&self.parts.blocks) {
            if text.len() < SAMPLE && *part != Part::OtherStory {
                text.push(' ');
                text.push_str(&block.text);
            }
        }
        text.push(' ');
        text.push_str(&self.without_script);
        line::key(&text)
    }

    /// Whether the page is an empty root for scripts to fill.
    fn is_shell(&self) -> bool {
        let words: usize = self.outline.blocks.iter().map(|block| block.words).sum();
        words <= SHELL && self.has_script
    }
}

/// What the template calls the page, by the classes that `WordPress`, Drupal and Blogger give its `body`.
fn template(document: &Document) -> Option<Refusal> {
    const LISTS: [&str; 16] = [
        "home",
        "blog",
        "archive",
        "category",
        "tag",
        "author",
        "search",
        "search-results",
        "search-no-results",
        "path-frontpage",
        "path-taxonomy",
        "path-search",
        "path-user",
        "page-node-type-landing-page",
        "tax-post_tag",
        "post-type-archive",
    ];
    let class = document.select_single("body").attr("class")?;
    let has = |wanted: &[&str]| class.split_whitespace().any(|class| wanted.contains(&class));
    if has(&["error404", "page-not-found", "path-404"]) {
        Some(Refusal::NotFound)
    } else if has(&LISTS) && !has(&["single", "single-post", "singular", "item-view"]) {
        Some(Refusal::NoArticle)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::article::Refusal;

    #[track_caller]
    fn check(body: &str, expected: Refusal) {
        assert_eq!(
            read(&format!("<html lang=ar>{body}</html>"), None).map(|article| article.body),
            Err(expected),
            "{body}"
        );
    }

    #[test]
    fn what_a_page_is_instead() {
        check(
            "<title>Just a moment...</title><p>nahda.example needs to review the security of your connection.</p>",
            Refusal::BotCheck,
        );
        check(
            "<title>النهضة</title><div class=g-recaptcha></div><p>لمتابعة التصفح أثبت ذلك.</p>",
            Refusal::BotCheck,
        );
        check("<title>الصفحة غير موجودة - النهضة</title><p>عد إلى الصفحة الرئيسية.</p>", Refusal::NotFound);
        check(
            "<title>النهضة</title><h1>عفواً</h1><p>لم يتم العثور على الصفحة التي طلبتها، عد إلى الصفحة الرئيسية من فضلك.</p>",
            Refusal::NotFound,
        );
        check(
            "<title>النهضة</title><p>نحن وشركاؤنا نخزن معلومات على جهازك.</p><button>قبول</button>",
            Refusal::Consent,
        );
        check(
            "<title>حوار</title><p>قال الوزير إن الموازنة الجديدة تخفض العجز إلى النصف.</p><p>هذا المحتوى للمشتركين فقط.</p>",
            Refusal::Paywall,
        );
        check(
            "<title>النهضة</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=a.js></script>",
            Refusal::NeedsScript,
        );
        check("<title>النهضة</title><div id=__next></div><script src=a.js></script>", Refusal::NeedsScript);
        check("<title>صور</title><img src=a.jpg><p>صورة</p>", Refusal::NoArticle);
        check("", Refusal::NoArticle);
    }

    #[test]
    fn a_declared_price_with_a_teaser_is_a_paywall() {
        let page = "<title>حوار مع الوزير</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>\
                    <article><p>قال الوزير إن الموازنة الجديدة تخفض العجز إلى النصف خلال عامين وتزيد رواتب المعلمين.</p></article>";
        check(page, Refusal::Paywall);
        let longer = page.replace("</p>", &" وقال الوزير إن الموازنة تخفض العجز.".repeat(12));
        let article = read(&longer, None).expect("a teaser long enough to be read");
        assert_eq!(article.cut, Some(Refusal::Paywall));
        assert_eq!(crate::article::check(&article), Err(Refusal::Paywall));
    }
}
