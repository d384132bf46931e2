//! From the words of a title to a role and a country.

use super::{Position, Title};
use crate::facts::gazetteer::titles::{Count, Form, Head, TitleClass};
use crate::facts::gazetteer::{BodyKind, Inflection, Sense, gazetteer};
use crate::facts::mention::body;
use crate::facts::reading::{Lexeme, Nameness};
use crate::text::fold::fold;

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
    /// Where the pronoun of «وزير خارجيتها» stands for the country.
    pub pronoun: bool,
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
            pronoun: false,
            count: Count::One,
            class: TitleClass::Honour,
            genitive: false,
            feminine: false,
        }
    }

    /// Writes out which body it is held in: «ممثلتها في المؤتمر» → «ممثلة منظمة الصحة العالمية في المؤتمر».
    pub fn within(&mut self, body: &str) {
        let (relation, rest) = self.shown.split_once(' ').unwrap_or((&self.shown, ""));
        self.role = if rest.starts_with("ال") {
            // «رئيسها التنفيذي».
            format!("ال{relation} {rest}")
        } else {
            format!("{relation} {body} {rest}").trim_end().to_owned()
        };
        self.shown.clone_from(&self.role);
        self.pronoun = false;
    }

    /// Writes out whose relation it is: «ابنته» → «ابنة سيرغي سكريبال».
    pub fn of(&mut self, owner: &str) {
        let relation = self.shown.split(' ').next().unwrap_or_default();
        format!("{relation} {owner}").trim_end().clone_into(&mut self.role);
        self.shown.clone_from(&self.role);
        self.pronoun = false;
    }
}

/// Participles that open a description.
const PARTICIPLES: &[&str] = &[
    "الموجود",
    "الموجوده",
    "المقيم",
    "المقيمه",
    "المتحدر",
    "المتحدره",
    "المعروف",
    "المعروفه",
    "المضرب",
    "المدرج",
    "المطلوب",
    "البالغ",
    "البالغه",
    "مقيم",
    "مقيمه",
    "المولود",
    "المتهم",
    "المدان",
    "المحتجز",
    "المعتقل",
    "الشهير",
    "الشهيره",
];

/// Offices that are sent: the country behind «في» is where, not whose.
const ENVOYS: &[&str] = &["سفير", "قنصل", "مبعوث", "موفد", "مندوب", "دبلوماسي", "مستشار"];

/// Prepositions behind which a country is where, not whose: «السفير الروسي في أيرلندا».
const ELSEWHERE: &[&str] = &["في", "الي", "لدي", "علي", "من", "عن"];

/// Reads the words of `title`; `text` is the source that the lexemes' spans point into.
#[must_use]
pub fn read(text: &str, lexemes: &[Lexeme<'_>], title: &Title) -> Office {
    let words = &lexemes[title.tokens.clone()];
    let head = title.head;
    let mut reader = Reader {
        text,
        role: Vec::new(),
        shown: Vec::new(),
        countries: Vec::new(),
        genitive: false,
        pronoun: head.possessive(),
    };
    let singular = singular(head);
    let singular_words = singular.split(' ').count().min(words.len());
    reader.push(singular);
    let mut place = 0;
    let mut elsewhere = false;
    let mut body_head: Option<bool> = None;
    let mut listed: Option<BodyKind> = None;
    let mut at = singular_words;
    while at < words.len() {
        let word = &words[at];
        if [',', '،', '#', '_'].iter().any(|&mark| word.is_mark(mark)) {
            at += 1;
            continue;
        }
        // «لاعب مانشستر يونايتد، [البلجيكي] …»: behind the comma it is the person's own.
        let apart = word.is_nisba() && at + 1 == words.len() && words[at - 1].is_mark('،');
        if apart {
            reader.countries.insert(0, word.sense.nisba);
            break;
        }
        if ELSEWHERE.contains(&word.key) {
            elsewhere = true;
        }
        // «الناشط الإعلامي [الموجود في مدينة درعا]»: what follows describes the person, not the post.
        if (at > singular_words || head.definite()) && PARTICIPLES.contains(&&*word.stem) {
            break;
        }
        if !word.is_nisba() && body::head(&word.stem).is_some() {
            body_head = Some(body::of_state(&word.stem));
        }
        let (count, sense) = phrase(&words[at..]);
        if let Some((kind, seat)) = listed_body(&words[at..]) {
            listed = listed.or(Some(kind));
            if place == 0 && !elsewhere && !sent(head) {
                place = seat;
            }
        }
        let independent = body_head == Some(false);
        let bare = word.preposition.is_none();
        let singular_form = matches!(sense.inflection, Inflection::Masculine | Inflection::Feminine);
        // «سفيرة للولايات المتحدة لدى الأمم المتحدة».
        let for_country = at == singular_words && word.preposition == Some('ل') && head.form == Form::Bare;
        let own = !elsewhere && (bare || for_country);
        if own && body_head.is_none() && sense.country != 0 && (at <= 3 || word.conjunction) {
            reader.country(sense.country, &words[at..at + count], true, head.count);
        } else if bare
            && !independent
            && (!elsewhere || body_head == Some(true))
            && sense.nisba != 0
            && (word.definite() || !head.definite())
            && (singular_form || head.count != Count::One)
        {
            let last = at + count == words.len() && title.position == Position::Adjacent;
            if !last && at > singular_words && is_club(words, at) {
                place = sense.nisba;
            } else if head.class == TitleClass::Kin {
                // «زوجة الرئيس الأمريكي»: it is the relative's.
                reader.countries.push(sense.nisba);
                for word in &words[at..at + count] {
                    reader.push(word.span.of(text).to_owned());
                }
            } else {
                reader.country(sense.nisba, &words[at..at + count], false, head.count);
            }
        } else if sense.country != 0 && reader.countries.is_empty() && held_in(head, &words[at - 1]) {
            reader.role.pop();
            reader.countries.push(sense.country);
            reader.shown.extend(words[at..at + count].iter().map(|word| word.span.of(text).to_owned()));
            if words.get(at + count).is_some_and(|next| next.preposition.is_some()) {
                break;
            }
        } else if sense.country != 0 {
            // «محافظ بنك السودان المركزي», «رئيس محمية في الأردن»: the country stays in the role.
            if own && !independent && reader.countries.is_empty() {
                reader.countries.push(sense.country);
            } else if elsewhere && head.class == TitleClass::Office {
                place = sense.country;
            }
            for word in &words[at..at + count] {
                reader.push(word.span.of(text).to_owned());
            }
        } else if (own || (bare && body::head(&words[at - 1].stem).is_some()))
            && !independent
            && word.sense.city > 0
            && word.sense.body == 0
            && !word.sense.club
            && !words[at - 1].definite()
            && !word.is_nisba()
            // «رئيس مجلس المدينة».
            && word.stem != "المدينه"
            && matches!(head.class, TitleClass::State | TitleClass::Office)
        {
            // «عمدة لندن», «رئيس هيئة الشارقة للكتاب».
            place = if word.sense.capital == 0 { word.sense.city_country } else { word.sense.capital };
            reader.push(word.span.of(text).to_owned());
        } else if let Some(noun) = without_pronoun(word)
            .filter(|_| at <= 2 && own)
            .or_else(|| portfolio(text, words, at, head.singular))
        {
            reader.pronoun = true;
            reader.role.push(format!("ال{noun}"));
            reader.shown.push(noun);
        } else {
            for word in &words[at..at + count] {
                reader.push(word.span.of(text).to_owned());
            }
        }
        at += count.max(1);
    }
    if head.possessive() && reader.role.len() == 1 {
        reader.role[0] = format!("ال{}", head.singular);
    }
    if title.position == Position::Once {
        reader.push("سابقا".to_owned());
    }
    construct(&mut reader.role, words);
    let shown = join(&reader.shown);
    Office {
        role: join(&reader.role),
        shown,
        countries: reader.countries,
        place,
        body: listed,
        pronoun: reader.pronoun,
        count: head.count,
        class: head.class,
        genitive: reader.genitive,
        feminine: head.feminine,
    }
}

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

/// Whether a country behind the preposition `before` is the office's own: «وزير المياه في الأردن», but not «السفير في الأردن».
fn held_in(head: &Head, before: &Lexeme<'_>) -> bool {
    head.class == TitleClass::State && before.key == "في" && !sent(head)
}

/// Whether its holders are sent somewhere.
fn sent(head: &Head) -> bool {
    ENVOYS.iter().any(|envoy| head.singular.starts_with(envoy))
}

/// Whether the nationality at `at` describes a club or a business before it: «مهاجم ليفربول [الإنجليزي]».
fn is_club(words: &[Lexeme<'_>], at: usize) -> bool {
    let before = &words[at - 1];
    let foreign = before.nameness >= Nameness::Unknown || before.sense.city > 0;
    before.is_word()
        && !before.definite()
        && before.head.is_none()
        && body::head(&before.stem).is_none()
        && (before.sense.club || before.sense.body != 0 || foreign)
}

/// The kind of the listed body that the words begin with, and the country whose power sits there.
fn listed_body(words: &[Lexeme<'_>]) -> Option<(BodyKind, u16)> {
    let mut found = None;
    let rest = words.iter().skip(1).take(5).take_while(|w| w.is_word()).map(|w| w.key);
    gazetteer().phrases(std::iter::once(&*words[0].stem).chain(rest), |_, sense| {
        if let Some(body) = gazetteer().body(sense.body) {
            found = Some((body.kind, body.country));
        }
    });
    found
}

/// What the words begin with: a country or a nationality of one or more words.
fn phrase(words: &[Lexeme<'_>]) -> (usize, Sense) {
    let mut best = (1, Sense::default());
    // «#كوريا_الشمالية» is a phrase of two words.
    let rest: Vec<(usize, &str)> = words
        .iter()
        .enumerate()
        .skip(1)
        .take(6)
        .take_while(|(_, w)| w.is_word() || w.is_mark('_'))
        .filter(|(_, w)| w.is_word())
        .map(|(i, w)| (i, w.key))
        .collect();
    let keys = std::iter::once(&*words[0].stem).chain(rest.iter().take(3).map(|(_, key)| *key));
    gazetteer().phrases(keys, |count, sense| {
        if sense.country != 0 || sense.nisba != 0 {
            best = (if count > 1 { rest[count - 2].0 + 1 } else { 1 }, sense);
        }
    });
    best
}

struct Reader<'t> {
    text: &'t str,
    role: Vec<String>,
    shown: Vec<String>,
    countries: Vec<u16>,
    genitive: bool,
    pronoun: bool,
}

impl Reader<'_> {
    fn push(&mut self, word: String) {
        self.role.push(word.clone());
        self.shown.push(word);
    }

    /// Takes a country out of the role; the role's last noun becomes definite: «وزير خارجية [إيطاليا]» → «وزير الخارجية».
    fn country(&mut self, id: u16, words: &[Lexeme<'_>], genitive: bool, count: Count) {
        if self.countries.is_empty()
            && genitive
            && let Some(noun) = self.role.last_mut()
            && !noun.starts_with("ال")
        {
            *noun = format!("ال{noun}");
        }
        if self.countries.is_empty() {
            self.genitive = genitive;
        }
        if !self.countries.contains(&id) {
            self.countries.push(id);
        }
        if count == Count::One {
            self.shown.extend(words.iter().map(|word| word.span.of(self.text).to_owned()));
        }
    }
}

/// The field of a minister before a pronoun, whatever it is: «وزير تجهيزه» → «تجهيز», «وزيرة ثقافتها» → «ثقافة».
fn portfolio(text: &str, words: &[Lexeme<'_>], at: usize, singular: &str) -> Option<String> {
    let word = &words[at];
    let followed = words.get(at + 1).is_some_and(|next| next.sense.country != 0);
    if at != 1 || !matches!(singular, "وزير" | "وزيرة") || word.definite() || !word.bare() || followed
    {
        return None;
    }
    let source: String = word.span.of(text).chars().filter(|&c| !crate::text::fold::is_mark(c)).collect();
    let noun = ["هما", "ها", "هم", "ه"].iter().find_map(|pronoun| source.strip_suffix(pronoun))?;
    if noun.chars().count() < 3 {
        return None;
    }
    Some(match noun.strip_suffix('ت').filter(|bare| !bare.ends_with('ا')) {
        Some(bare) => format!("{bare}ة"),
        None => noun.to_owned(),
    })
}

/// Nouns of offices as they stand before a pronoun: «خارجيتـها», «وزرائـه».
const WITH_PRONOUN: &[&str] =
    &["خارجيت", "داخليت", "دفاع", "ماليت", "وزراي", "حكومت", "برلمان", "اقتصاد", "جيش", "شرطت", "عدل"];

/// «خارجيتها» → «خارجية», «وزرائه» → «وزراء», «دفاعها» → «دفاع».
fn without_pronoun(word: &Lexeme<'_>) -> Option<String> {
    let stem = &*word.stem;
    if word.definite() || word.evidence.given > 2 || stem.chars().count() < 5 {
        return None;
    }
    let noun = ["هما", "ها", "هم", "ه"].iter().find_map(|pronoun| stem.strip_suffix(pronoun))?;
    if !WITH_PRONOUN.contains(&noun) {
        return None;
    }
    Some(match noun.strip_suffix('ت') {
        Some(bare) => format!("{bare}ة"),
        None if noun == "وزراي" => "وزراء".to_owned(),
        None => noun.to_owned(),
    })
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
