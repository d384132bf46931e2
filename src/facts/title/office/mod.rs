//! From the words of a title to a role and a country.

use super::{Position, Title};
use crate::facts::gazetteer::BodyKind;
use crate::facts::gazetteer::titles::{Count, Head, TitleClass};
use crate::facts::reading::Lexeme;
use crate::text::fold::fold;

mod inflection;
mod reader;

use reader::Reader;
pub(super) use reader::listed_body;

/// Whose an office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// As its words say.
    Said,
    /// A pronoun stands for the country or the body: «وزير خارجيتها».
    Pronoun,
    /// Nobody knows: «رئيسه» of a body that is not named.
    Unknown,
}

/// What a title says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The role in its dictionary form, without the country: «وزير الخارجية».
    pub role: String,
    /// The title as shown, in the singular, with the country as the text has it: «وزير الخارجية الأمريكي». In a shared
    /// title the country's place is left open: «وزير خارجية».
    pub shown: String,
    /// The countries that it names, in order; several where it is shared: «وزيرا خارجية مصر والأردن».
    pub countries: Vec<u16>,
    /// The country where it is held, for posts that are not sent there («رئيس محمية في الأردن»), or that its body belongs to
    /// («مهاجم ليفربول الإنجليزي», «المتحدثة باسم البيت الأبيض»); the holder may have another.
    pub place: u16,
    /// What kind of listed body it is held in, if it names one.
    pub body: Option<BodyKind>,
    /// Whose it is.
    pub owner: Owner,
    /// How many people hold it.
    pub count: Count,
    /// What kind of title it is.
    pub class: TitleClass,
    /// Whether the country was named in the genitive («وزير خارجية إيطاليا»), not by a nationality word.
    pub genitive: bool,
    /// Whether the holder is a woman, as far as the head says.
    pub feminine: bool,
}

impl Office {
    /// An office that says nothing.
    #[must_use]
    pub fn none() -> Self {
        Self {
            role: String::new(),
            shown: String::new(),
            countries: Vec::new(),
            place: 0,
            body: None,
            owner: Owner::Said,
            count: Count::One,
            class: TitleClass::Honour,
            genitive: false,
            feminine: false,
        }
    }

    /// Writes out which body it is held in: «ممثلتها في المؤتمر» → «ممثلة منظمة الصحة العالمية في المؤتمر».
    pub fn within(&mut self, body: &str) {
        let (relation, rest) = self.shown.split_once(' ').unwrap_or((&self.shown, ""));
        // «مانشستر سيتي ومدربه الإسباني»: behind a nationality, the body may be another one.
        if !rest.is_empty() && !self.role.contains(' ') {
            self.role = format!("ال{relation}");
            self.shown = format!("{} {rest}", self.role);
            self.owner = Owner::Said;
            return;
        }
        self.role = if rest.starts_with("ال") {
            // «رئيسها التنفيذي».
            format!("ال{relation} {rest}")
        } else {
            format!("{relation} {body} {rest}").trim_end().to_owned()
        };
        self.shown.clone_from(&self.role);
        self.owner = Owner::Said;
    }

    /// Leaves out whose it is where nobody knows: «مطربه المفضل» → «المطرب المفضل».
    pub fn alone(&mut self) {
        self.owner = Owner::Unknown;
        let adjective = |rest: &str| rest.starts_with("ال") && !rest.contains(' ') && rest != "المرمى";
        for words in [&mut self.role, &mut self.shown] {
            if words.split_once(' ').is_some_and(|(head, rest)| !head.starts_with("ال") && adjective(rest))
            {
                *words = format!("ال{words}");
            }
        }
    }

    /// Writes out whose relation it is: «ابنته» → «ابنة سيرغي سكريبال».
    pub fn of(&mut self, owner: &str) {
        let relation = self.shown.split(' ').next().unwrap_or_default();
        format!("{relation} {owner}").trim_end().clone_into(&mut self.role);
        self.shown.clone_from(&self.role);
        self.owner = Owner::Said;
    }
}

/// Reads the words of `title`; `text` is the source that the lexemes' spans point into.
#[must_use]
pub fn read(text: &str, lexemes: &[Lexeme<'_>], title: &Title) -> Office {
    let head = title.head;
    let mut reader = Reader::new(text, &lexemes[title.tokens.clone()], title);
    reader.read_all();
    if head.possessive() && reader.role.len() == 1 {
        reader.role[0] = format!("ال{}", head.singular);
    }
    if title.position == Position::Once {
        reader.push("سابقا".to_owned());
    }
    construct(&mut reader.role, reader.words);
    // «رئيس الهيئة العامة للرياضة في [السعودية]»: the country was taken out, and with it goes what led there.
    for words in [&mut reader.role, &mut reader.shown] {
        while words.len() > 1 && words.last().is_some_and(|word| LEADING.contains(&word.as_str())) {
            words.pop();
        }
    }
    Office {
        role: join(&reader.role),
        shown: join(&reader.shown),
        countries: reader.countries,
        // «المتحدثة باسم الأمم المتحدة في سوريا» is nobody's.
        place: if reader.listed == Some(BodyKind::Union) { 0 } else { reader.place },
        body: reader.listed,
        owner: if reader.pronoun { Owner::Pronoun } else { Owner::Said },
        count: head.count,
        class: head.class,
        genitive: reader.genitive,
        feminine: head.feminine,
    }
}

/// Words that lead to what is not shown.
const LEADING: &[&str] = &["في", "من", "إلى", "لدى", "على", "عن", "ب", "بـ", "ل", "لـ", "و"];

/// «المؤسس لشبكة النور» → «مؤسس شبكة النور», «الوزير للشؤون الخارجية» → «وزير الشؤون الخارجية».
fn construct(role: &mut [String], words: &[Lexeme<'_>]) {
    const GOVERNING: &[&str] =
        &["مؤسس", "مدرب", "وزير", "رئيس", "قائد", "مدير", "مهاجم", "مدافع", "حارس", "لاعب", "سفير"];
    let [head, noun, ..] = role else { return };
    let bare = head.strip_prefix("ال").filter(|h| GOVERNING.contains(&h.trim_end_matches('ة')));
    let governed = words.iter().skip(1).find(|w| w.is_word() && !w.is_nisba());
    let lam = governed.filter(|w| w.preposition == Some('ل') && !w.conjunction && w.key == fold(noun));
    if let (Some(bare), Some(lam), Some(rest)) = (bare, lam, noun.strip_prefix('ل')) {
        let rest =
            if lam.definite() { format!("ال{}", rest.trim_start_matches('ل')) } else { rest.to_owned() };
        *head = bare.to_owned();
        *noun = rest;
    }
}

/// The singular of a head, with the article where the head has it.
fn singular(head: &Head) -> String {
    let article = if head.definite() && !head.singular.starts_with("ال") { "ال" } else { "" };
    format!("{article}{}", head.singular)
}

/// Joins words with spaces, none inside quotation marks.
fn join(words: &[String]) -> String {
    let mut joined = String::new();
    let mut open = false;
    for word in words {
        let quote = matches!(word.as_str(), "\"" | "“" | "”" | "«" | "»");
        let closing = quote && open;
        let opened = open && joined.ends_with(['"', '“', '«']);
        if !(joined.is_empty() || closing || opened) {
            joined.push(' ');
        }
        joined.push_str(word);
        if quote {
            open = !open;
        }
    }
    joined
}
