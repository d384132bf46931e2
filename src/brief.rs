//! A brief: everything that a reply shows of one article. Pure.

use crate::article::{self, Article, Refusal};
use crate::facts::{self, Facts, Quotation};
use crate::summary::{Budget, Chosen, Length, Measured, quotes};
use crate::text::Document;
use crate::text::stories::{Shape, shape};

/// What a reply shows of an article; rendering adds nothing but layout and labels.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The article it was made from.
    pub article: Article,
    /// What the article is; with it the meaning of the rest.
    pub content: Content,
    /// The summary, in source order but for a piece that is too long; of a bulletin, a piece of each item that is shown.
    pub sentences: Vec<Chosen>,
    /// The figures and participants; none of a bulletin, whose items have nothing to do with each other.
    pub facts: Facts,
    /// What is quoted beside the summary, in source order.
    pub quotations: Vec<Quotation>,
    /// The document whose text the facts' spans point into.
    pub document: Document,
    /// What was measured of its sentences: what is new in it is chosen from the same. Boxed, since a brief lies in many futures.
    pub measured: Box<Measured>,
}

/// What an article is to those who show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// One story.
    #[default]
    Story,
    /// Several, each told in a few sentences.
    Bulletin {
        /// How many; a reply may show fewer.
        items: usize,
    },
}

/// A reply shows so many items of a bulletin.
const SHOWN_ITEMS: usize = 8;

/// An article that has been read: all that a brief of it is made from, whatever its length.
#[derive(Clone, Debug)]
pub struct Readable {
    /// The article.
    pub article: Article,
    /// Its words.
    pub document: Document,
    /// What kind of text it is.
    pub shape: Shape,
    /// Its figures and participants.
    pub facts: Facts,
    /// What was measured of its sentences.
    pub measured: Box<Measured>,
}

/// Reads `article`, whatever it is.
#[must_use]
pub fn read(article: Article) -> Readable {
    let document = Document::new(&article.headline, &article.body);
    let shape = shape(&document);
    Readable::of(article, document, shape)
}

/// Reads `article` where a brief of it makes sense.
///
/// # Errors
/// What [`article::check`] refuses, and [`Refusal::Headlines`] for a list of headlines: to choose
/// some of them would hide the others.
pub fn read_checked(article: Article) -> Result<Readable, Refusal> {
    let checked = article::check(&article);
    // A short list of headlines is one all the same.
    if let Err(refusal) = checked
        && refusal != Refusal::TooShort
    {
        return Err(refusal);
    }
    let document = Document::new(&article.headline, &article.body);
    let shape = shape(&document);
    if shape == Shape::Headlines {
        return Err(Refusal::Headlines);
    }
    checked?;
    Ok(Readable::of(article, document, shape))
}

impl Readable {
    fn of(article: Article, document: Document, shape: Shape) -> Self {
        let facts = facts::analyze(&document);
        let measured = Box::new(Measured::new(&document, &facts));
        Self { article, document, shape, facts, measured }
    }

    /// Makes its brief within `budget`: nothing is read or measured for that.
    #[must_use]
    pub fn compose(self, budget: Budget) -> Brief {
        let Self { article, document, shape, facts, measured } = self;
        // What fills a number of words is an extract, of whatever kind of text.
        if let (Budget::Length(_), Shape::Bulletin(items)) = (budget, &shape) {
            return Brief {
                content: Content::Bulletin { items: items.len() },
                sentences: measured.first_of_each(&document, &items[..items.len().min(SHOWN_ITEMS)]),
                article,
                facts: Facts::default(),
                quotations: Vec::new(),
                document,
                measured,
            };
        }
        let beside = match budget {
            Budget::Length(_) => Budget::Length(Length::Medium),
            Budget::Words(_) => budget,
        };
        let usual = measured.choose(&document, &facts, beside);
        let quotations = quotes::choose(&document, &facts, &measured, &usual);
        let sentences = if beside == budget { usual } else { measured.choose(&document, &facts, budget) };
        let content = Content::Story;
        Brief { article, content, sentences, facts, quotations, document, measured }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Brief, read, read_checked};
    use crate::article::{Article, Refusal};
    use crate::facts;
    use crate::facts::figure::Found;
    use crate::rule::{self, Rule};
    use crate::summary::{Budget, Length, Measured, cut};
    use crate::text::{Document, Span};

    #[test]
    fn a_list_of_headlines_is_answered_as_such() {
        let headlines = "وزير النقل يفتتح ميناء الصخرة الجديد على الساحل الشرقي\n\
            نادي الشمال يتعاقد مع مهاجم برازيلي لثلاثة مواسم\n\
            تراجع أسعار القهوة في البورصات العالمية بعد موسم وفير\n\
            السجن سبعة أعوام لمدير مصرف سابق بتهمة التزوير\n\
            باحثة عربية تحصد جائزة دولية في الفيزياء\n\
            انقطاع الكهرباء عن أحياء العاصمة بسبب العاصفة";
        let check = |headline: &str, body: &str| {
            let (headline, body) = (headline.to_owned(), body.to_owned());
            read_checked(Article { headline, body, ..Article::default() }).map(|_| ())
        };
        assert_eq!(check("أبرز الأخبار", headlines), Err(Refusal::Headlines));
        let story = headlines.replace('\n', ".\n");
        assert_eq!(check("أبرز الأخبار", &story), Ok(()));
    }

    /// How often each rule held where `example` was read, its headline in front of a line break.
    fn held(example: &str) -> BTreeMap<Rule, usize> {
        let (headline, text) = example.split_once('\n').unwrap_or(("", example));
        let read = || {
            let document = Document::new(headline, text);
            let facts = facts::analyze(&document);
            let mentions = facts::mentions(&document);
            let found = Found::read(&document, &mentions);
            let lines: Vec<_> = found.figures.iter().map(|measured| found.cuts(measured)).collect();
            let measured = Measured::new(&document, &facts);
            let known = measured.known(&document, &facts);
            let pieces: Vec<_> = (0..document.sentences().len()).map(|at| cut::pieces(&known, at)).collect();
            (lines.len(), pieces.len())
        };
        rule::count(read).1
    }

    #[test]
    fn each_rule_holds_where_it_says_and_not_elsewhere() {
        let mut wrong = Vec::new();
        for rule in Rule::ALL {
            let held = rule.examples().map(|example| held(example).contains_key(rule));
            if held != [true, false] {
                wrong.push(format!("{rule}: {held:?} {:?}", rule.examples()));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn another_length_changes_bullets_and_nothing_else() {
        let body = include_str!("../samples/water-conference.txt");
        let readable = read(Article { body: body.to_owned(), ..Article::default() });
        let at = |length| readable.clone().compose(Budget::Length(length));
        let usual = at(Length::Medium);
        for length in [Length::Short, Length::Long] {
            let other = at(length);
            assert_ne!(other.sentences, usual.sentences);
            assert_eq!(other.quotations, usual.quotations);
            let figures = |brief: &Brief| -> Vec<Span> {
                brief.facts.key_figures(6).into_iter().map(|figure| figure.span).collect()
            };
            assert_eq!(figures(&other), figures(&usual));
        }
    }
}
