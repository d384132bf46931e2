//! When the article was published: what the page declares, what its elements say, and the line beside its headline.

use dom_query::{Document, NodeRef};

use super::blocks::Outline;
use super::metas::Metas;
use super::parts::{Part, Parts};
use super::structured::Declared;
use crate::article::date::{self, Figures};
use crate::article::{Published, line};

/// A line of more words is a sentence that mentions a date.
const LABEL: usize = 16;

/// Names of `meta` elements that give it.
const NAMES: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "og:published_time",
    "article.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dc.date",
    "date",
];

/// What of a page a date is looked for in.
pub struct Sources<'a> {
    /// The page.
    pub document: &'a Document,
    /// Its `meta` elements.
    pub metas: &'a Metas,
    /// What it declares.
    pub declared: &'a Declared,
    /// Its blocks.
    pub outline: &'a Outline,
    /// What they are part of.
    pub parts: &'a Parts,
    /// How the page writes dates in figures.
    pub figures: Figures,
}

impl Sources<'_> {
    /// The date of publication: the first source that gives one, with the clock of any other that gives the same day. When it was brought
    /// up to date counts only where nothing says when it was published, and the dates of other stories do not count at all.
    pub fn published(&self) -> Option<Published> {
        let declared = self.declared.published.as_deref().and_then(date::parse);
        let stamps = declared.into_iter().chain(self.metas.all(&NAMES).filter_map(date::parse));
        let beside = self.beside_headline();
        let shown = beside.iter().filter_map(|dates| dates.published.clone());
        let all: Vec<Published> = stamps.chain(self.marked()).chain(shown.clone()).collect();
        let Some(first) = all.first() else {
            return beside.into_iter().find_map(|dates| dates.updated);
        };
        // A stamp in universal time can be of the day before the one on which the page says that it was published.
        if let Some(next) = shown.clone().find(|shown| is_next_day(first, shown)) {
            return Some(next);
        }
        let fuller = |known: &Published| (known.time.is_some(), known.offset.is_some());
        let first = first.date;
        all.into_iter().rev().filter(|other| other.date == first).max_by_key(fuller)
    }

    /// Elements that are marked as its date, in order; those that say when it was changed, and those of other stories, left out.
    fn marked(&self) -> Vec<Published> {
        const MARKED: &str =
            "[itemprop='datePublished'], time[pubdate], time[class*='publish'], time[class*='entry-date']";
        const FIRST: usize = 4;

        /// Elements below the headline that are asked; further down stand the dates of other articles.
        const NEAR: &str =
            "h1, [class*='date'], [class*='publish'], [class*='post-meta'], [class*='submitted']";
        const NEAREST: usize = 8;

        let own = |node: &&NodeRef| self.is_own(node) && !is_update(node);
        let marked = self.document.select(MARKED);
        let times = self.document.select("article time[datetime], main time[datetime]");
        let near = self.document.select(NEAR);
        let below =
            near.nodes().iter().skip_while(|node| !node.has_name("h1")).filter(|node| !node.has_name("h1"));
        // A template may call the one date that it shows the updated one.
        let never_updated =
            |node: &&NodeRef| self.is_own(node) && node.has_class("entry-date") && !says_update(node);
        let first: Vec<Published> =
            marked.nodes().iter().filter(own).take(FIRST).filter_map(|node| self.date_of(node)).collect();
        let else_updated = marked
            .nodes()
            .iter()
            .filter(never_updated)
            .take(1)
            .filter(|_| first.is_empty())
            .filter_map(|node| self.date_of(node));
        let times = times.nodes().iter().filter(own).take(1).filter_map(|node| self.date_of(node));
        let below = below
            .take(NEAREST)
            .filter(own)
            .filter(|node| line::count(&node.text()) <= LABEL)
            .filter_map(|node| date::labelled(&node.text(), self.figures).published);
        first.iter().cloned().chain(else_updated).chain(times).chain(below).collect()
    }

    fn date_of(&self, node: &NodeRef) -> Option<Published> {
        ["datetime", "content", "title", "data-timestamp"]
            .iter()
            .find_map(|name| node.attr(name).and_then(|value| date::parse(&value)))
            .or_else(|| date::parse_as(&node.text(), self.figures))
    }

    /// Whether `node` does not stand beside the article, or in another story.
    fn is_own(&self, node: &NodeRef) -> bool {
        let around = std::iter::once(*node).chain(node.ancestors_it(None));
        let known = |node: NodeRef| self.outline.elements.iter().position(|element| element.node == node.id);
        around.into_iter().find_map(known).is_none_or(|at| self.parts.elements[at] == Part::Open)
    }

    /// The dates in the lines under the headline, down to the first paragraph, then in the lines right above it, then in those that say
    /// of themselves that they tell when it was published. Lines further above are the site's, and many sites show today's date there.
    fn beside_headline(&self) -> Vec<date::Labelled> {
        const ABOVE: usize = 3;

        let blocks = &self.outline.blocks;
        let at = self.parts.headline;
        let open = |at: &usize| self.parts.blocks[*at] == Part::Open && blocks[*at].words <= LABEL;
        let end = at.map_or(0, |at| {
            (at + 1..blocks.len())
                .find(|&below| {
                    blocks[below].is_prose
                        && !blocks[below].is_heading
                        && self.parts.blocks[below] == Part::Open
                })
                .unwrap_or(blocks.len())
        });
        let below = at.map_or(0..0, |at| at + 1..end).filter(open);
        let above = at.map_or(0..0, |at| at.saturating_sub(ABOVE)..at).rev().filter(open);
        let near = below.chain(above).map(|at| date::labelled(&blocks[at].text, self.figures));
        let labelled = (end..blocks.len())
            .filter(open)
            .filter(|&at| date::opens_with_label(&blocks[at].text))
            .map(|at| date::labelled(&blocks[at].text, self.figures));
        near.chain(labelled).filter(|dates| dates.published.is_some() || dates.updated.is_some()).collect()
    }
}

/// Whether `shown` is the day after that of `stamp`, which was so late in universal time that it was the next day east of it.
fn is_next_day(stamp: &Published, shown: &Published) -> bool {
    /// From here on it is past midnight in some Arab country.
    const LATE: i8 = 20;

    stamp.offset.is_some_and(jiff::tz::Offset::is_zero)
        && stamp.time.is_some_and(|time| time.hour() >= LATE)
        && stamp.date.tomorrow().is_ok_and(|next| next == shown.date)
}

/// Whether `node` says when the article was changed: by its class, or by the words before it.
fn is_update(node: &NodeRef) -> bool {
    let named = ["class", "itemprop"].iter().filter_map(|name| node.attr(name)).any(|value| {
        let value = value.to_ascii_lowercase();
        (value.contains("updated") || value.contains("modified")) && !value.contains("publish")
    });
    named || says_update(node)
}

/// Whether the words around `node` say that it is when the article was changed.
fn says_update(node: &NodeRef) -> bool {
    node.parent().is_some_and(|parent| {
        let text = parent.text();
        line::count(&text) <= LABEL && date::is_update(&text)
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    const TEXT: &str = "<p>أعلنت وزارة الطاقة اليوم تشغيل محطة الرياح الجديدة في رأس الحد بعد أربع سنوات من العمل في الموقع.</p>\
                        <p>وقال وكيل الوزارة إن المحطة ستزود آلاف المنازل بالكهرباء وستخفض استهلاك الغاز في المحافظة كلها.</p>";

    /// A page with `head`, and `above` and `below` its headline.
    #[track_caller]
    fn check(head: &str, above: &str, below: &str, after: &str, expected: Option<&str>) {
        let html = format!(
            "<html lang=ar><head>{head}<title>تشغيل محطة الرياح في رأس الحد</title></head><body><header><a href=/>النهضة</a> 9 مارس 2024</header>{above}\
             <article><h1>تشغيل محطة الرياح في رأس الحد</h1>{below}{TEXT}</article>{after}</body></html>"
        );
        let published = read(&html, None).expect("an article").published;
        assert_eq!(published.map(|date| date.to_string()).as_deref(), expected, "{html}");
    }

    #[test]
    fn dates_take_the_fullest_clock_of_their_day() {
        check(
            "<meta itemprop='datePublished' content='2020-11-09'><meta property='article:published_time' content='2020-11-09T18:34:47+02:00'>\
             <meta name='creation_date' content='2001-01-01'>",
            "",
            "",
            "",
            Some("2020-11-09T18:34:47+02:00"),
        );
        check("<meta name=pubdate content='1709632800'>", "", "", "", Some("2024-03-05T10:00:00Z"));
    }

    #[test]
    fn the_line_beside_the_headline_says_when() {
        check("", "", "<div>05/03/2024 - 10:30</div>", "", Some("2024-03-05T10:30:00"));
        check("", "<p><a href=/e>اقتصاد</a> 2024/03/05 10:30</p>", "", "", Some("2024-03-05T10:30:00"));
        check(
            "",
            "",
            "<div>آخر تحديث: 6 مارس 2024</div><div>نشر في: 5 مارس 2024</div>",
            "",
            Some("2024-03-05"),
        );
        check("", "", "<div>آخر تحديث: 6 مارس 2024</div>", "", Some("2024-03-06"));
        check("", "", "", "<p>تاريخ النشر: 5 مارس 2024</p>", Some("2024-03-05"));
        check("", "", "", "", None);
    }

    #[test]
    fn the_dates_of_other_stories_do_not_count() {
        let cards = "<div><a href=/7>أسعار التمور ترتفع في الأسواق</a> <time datetime=2024-03-10>10 مارس 2024</time></div>";
        check("", "", "", &format!("<main><div>{cards}{cards}</div></main>"), None);
        check("", "", "", &format!("<aside>{cards}</aside><article>{cards}</article>"), None);
        check(
            "",
            "",
            "<time class=updated datetime=2024-03-07></time><time datetime=2024-03-05></time>",
            "",
            Some("2024-03-05"),
        );
    }

    #[test]
    fn a_stamp_in_universal_time_may_be_of_the_day_before() {
        let stamp = "<meta property='article:published_time' content='2024-03-04T21:30:00Z'>";
        check(stamp, "", "<div>5 مارس 2024</div>", "", Some("2024-03-05"));
        check(stamp, "", "<div>7 مارس 2024</div>", "", Some("2024-03-04T21:30:00Z"));
    }
}
