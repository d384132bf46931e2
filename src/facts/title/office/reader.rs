//! The words of a title, one after another: which are the role, which name a country, and whose it is.

use super::inflection::{agreeing, portfolio, with_owner, without_pronoun};
use super::singular;
use crate::facts::gazetteer::titles::{Count, Form, Head, TitleClass};
use crate::facts::gazetteer::{BodyKind, Inflection, Sense, gazetteer};
use crate::facts::mention::body;
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::title::{Position, Title};

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
    "المزمع",
    "المقرر",
    "المرتقب",
];

/// Offices that are sent: the country behind «في» is where, not whose.
const ENVOYS: &[&str] = &["سفير", "قنصل", "مبعوث", "موفد", "مندوب", "دبلوماسي", "مستشار"];

/// Prepositions behind which a country is where, not whose: «السفير الروسي في أيرلندا».
const ELSEWHERE: &[&str] = &["في", "الي", "لدي", "علي", "من", "عن"];

/// Whose city is their club's, not theirs: «مهاجم ريال مدريد».
const PLAYERS: &[&str] =
    &["لاعب", "مهاجم", "مدافع", "حارس", "جناح", "ظهير", "هداف", "قائد فريق", "مدرب", "قائد"];

/// Competitions, whose nationality is not that of who take part.
const LEAGUES: &[&str] = &["الدوري", "الكاس", "البطوله", "السوبر", "الرابطه"];

/// How many they are who share an office.
const HOW_MANY: &[&str] = &["الاثنان", "الاثنين", "الثلاثه", "الاربعه", "الخمسه", "السته", "السبعه"];

/// From what size on a city is known without a noun before it: 2 to the 19th.
const LARGE: u8 = 19;

/// A title under way.
pub struct Reader<'t> {
    text: &'t str,
    head: &'static Head,
    position: Position,
    /// The title's words.
    pub words: &'t [Lexeme<'t>],
    /// The role's words.
    pub role: Vec<String>,
    /// The words as shown.
    pub shown: Vec<String>,
    /// As in `Office`.
    pub countries: Vec<u16>,
    /// As in `Office`.
    pub genitive: bool,
    /// As in `Office`.
    pub pronoun: bool,
    /// As in `Office`.
    pub place: u16,
    /// The kind of the first listed body.
    pub listed: Option<BodyKind>,
    /// Whether a preposition has led elsewhere: «السفير في …».
    elsewhere: bool,
    /// Whether the body that was named belongs to a state, if one was.
    body_of_state: Option<bool>,
    /// How many words the head has.
    head_words: usize,
}

impl<'t> Reader<'t> {
    /// A reader that has read the head.
    pub fn new(text: &'t str, words: &'t [Lexeme<'t>], title: &Title) -> Self {
        let singular = singular(title.head);
        let mut reader = Self {
            text,
            head: title.head,
            position: title.position,
            words,
            role: Vec::new(),
            shown: Vec::new(),
            countries: Vec::new(),
            genitive: false,
            pronoun: title.head.possessive(),
            place: 0,
            listed: None,
            elsewhere: false,
            body_of_state: None,
            head_words: singular.split(' ').count().min(words.len()),
        };
        reader.push(singular);
        reader
    }

    /// Reads what follows the head.
    pub fn read_all(&mut self) {
        let mut at = self.head_words;
        while at < self.words.len() {
            let Some(count) = self.step(at) else { return };
            at += count.max(1);
        }
    }

    /// Adds a word to the role as it stands.
    pub fn push(&mut self, word: String) {
        self.role.push(word.clone());
        self.shown.push(word);
    }

    fn push_words(&mut self, from: usize, count: usize) {
        for word in &self.words[from..from + count] {
            self.push(word.span.of(self.text).to_owned());
        }
    }

    /// Reads the word or phrase at `at`: how many tokens it has, or nothing where the title ends.
    fn step(&mut self, at: usize) -> Option<usize> {
        let word = &self.words[at];
        let head = self.head;
        if [',', '،', '#', '_'].iter().any(|&mark| word.is_mark(mark)) {
            return Some(1);
        }
        // «المواطنين الأميركيين [الثلاثة]»: one of them is no three.
        if head.count != Count::One && HOW_MANY.contains(&&*word.stem) {
            return Some(1);
        }
        // «لاعب مانشستر يونايتد، [البلجيكي] …»: behind the comma it is the person's own.
        if word.is_nisba() && at + 1 == self.words.len() && self.words[at - 1].is_mark('،') {
            self.countries.insert(0, word.sense.nisba);
            return None;
        }
        self.elsewhere |= ELSEWHERE.contains(&word.key);
        // «الناشط الإعلامي [الموجود في مدينة درعا]»: what follows describes the person, not the post.
        // «[الممثل المقيم] للأمم المتحدة» is a post.
        let post = word.stem.starts_with("المقيم") && matches!(head.singular, "ممثل" | "منسق");
        if (at > self.head_words || head.definite()) && PARTICIPLES.contains(&&*word.stem) && !post {
            return None;
        }
        self.note_body(at);
        let (count, sense) = phrase(&self.words[at..]);
        // «سفيرة للولايات المتحدة لدى الأمم المتحدة».
        let for_country = at == self.head_words && word.preposition == Some('ل') && head.form == Form::Bare;
        let own = !self.elsewhere && (word.preposition.is_none() || for_country);
        if own && self.body_of_state.is_none() && sense.country != 0 && (at <= 3 || word.conjunction) {
            self.country(sense.country, at, count, true);
        } else if self.is_nationality(at, sense) {
            self.nationality(sense.nisba, at, count);
        } else if sense.country != 0 && self.countries.is_empty() && held_in(head, &self.words[at - 1]) {
            self.role.pop();
            self.countries.push(sense.country);
            let words = &self.words[at..at + count];
            self.shown.extend(words.iter().map(|word| word.span.of(self.text).to_owned()));
            if self.words.get(at + count).is_some_and(|next| next.preposition.is_some()) {
                return None;
            }
        } else if sense.country != 0 {
            // «محافظ بنك السودان المركزي», «رئيس محمية في الأردن»: the country stays in the role.
            if own && self.body_of_state != Some(false) && self.countries.is_empty() {
                self.countries.push(sense.country);
            } else if self.elsewhere && head.class == TitleClass::Office {
                self.place = sense.country;
            }
            self.push_words(at, count);
        } else if self.is_city(at, own) {
            // «عمدة لندن», «رئيس هيئة الشارقة للكتاب».
            self.place = if word.sense.capital == 0 { word.sense.city_country } else { word.sense.capital };
            self.push_words(at, 1);
        } else if let Some(noun) = without_pronoun(word)
            .filter(|_| at <= 2 && own)
            .or_else(|| portfolio(self.text, self.words, at, head.singular))
        {
            self.pronoun = true;
            self.role.push(format!("ال{noun}"));
            self.shown.push(noun);
        } else if let Some(head) = with_owner(self.text, self.words, at, head) {
            // «نائب [رئيسه]» → «نائب الرئيس».
            self.push(format!("ال{head}"));
        } else if let Some(adjective) =
            agreeing(self.text, self.words, at, head).filter(|_| at == self.head_words)
        {
            self.push(adjective);
        } else {
            self.push_words(at, count);
        }
        Some(count)
    }

    /// Notes the body that begins at `at`, if one does.
    fn note_body(&mut self, at: usize) {
        let word = &self.words[at];
        if !word.is_nisba() && body::head(&word.stem).is_some() {
            self.body_of_state = Some(body::of_state(&word.stem));
        }
        if let Some((kind, seat)) = listed_body(&self.words[at..]) {
            self.listed = self.listed.or(Some(kind));
            if self.place == 0 && !self.elsewhere && !sent(self.head) {
                self.place = seat;
            }
        }
    }

    /// Whether the word is a nationality that tells a country here.
    fn is_nationality(&self, at: usize, sense: Sense) -> bool {
        let word = &self.words[at];
        // «متحف "ألباني"» is called so.
        let marked = self.words[..at].iter().filter(|word| body::is_quote(word.kind)).count() % 2 == 1;
        // «قوات سوريا الديمقراطية», «بطل إيطاليا»: the country, though «لاجئا سوريا» is a Syrian.
        let named = sense.country != 0 && !word.definite() && !self.words[at - 1].key.ends_with('ا');
        let singular = matches!(sense.inflection, Inflection::Masculine | Inflection::Feminine);
        !(marked || named)
            && word.preposition.is_none()
            && self.body_of_state != Some(false)
            && (!self.elsewhere || self.body_of_state == Some(true))
            && sense.nisba != 0
            && (word.definite() || !self.head.definite())
            && (singular || self.head.count != Count::One)
    }

    /// A nationality: a club's, a relative's, or the holder's.
    fn nationality(&mut self, id: u16, at: usize, count: usize) {
        let last = at + count == self.words.len() && self.position == Position::Adjacent;
        // «نجم الدوري الإنجليزي كيفين دي بروين» is no Englishman.
        if LEAGUES.contains(&&*self.words[at - 1].stem) {
            self.push_words(at, count);
            return;
        }
        if !last && at > self.head_words && is_club(self.words, at) {
            self.place = id;
        } else if self.head.class == TitleClass::Kin {
            // «زوجة الرئيس الأمريكي»: it is the relative's.
            self.countries.push(id);
            self.push_words(at, count);
        } else {
            self.country(id, at, count, false);
        }
    }

    /// Whether the word is a city that tells a country here: «عمدة لندن», but not «رئيس مجلس المدينة».
    fn is_city(&self, at: usize, own: bool) -> bool {
        let [before, word] = [&self.words[at - 1], &self.words[at]];
        let governed = word.preposition.is_none() && body::head(&before.stem).is_some();
        (own || governed)
            && self.body_of_state != Some(false)
            && word.sense.city > 0
            && word.sense.body == 0
            && !word.sense.club
            && !before.definite()
            && !word.is_nisba()
            && word.stem != "المدينه"
            // «طبيب في نادي كريستال بالاس».
            && before.stem != "نادي"
            // «شرطة مانهاتن بيتش» is a longer name; «أوركسترا برلين» is not.
            && (before.nameness == Nameness::No
                || before.head.is_some()
                || governed
                || word.sense.capital != 0
                || word.sense.city >= LARGE)
            && self.place == 0
            && matches!(self.head.class, TitleClass::State | TitleClass::Office)
            && !PLAYERS.contains(&self.head.singular)
    }

    /// Takes a country out of the role; the role's last noun becomes definite: «وزير خارجية [إيطاليا]» → «وزير الخارجية».
    fn country(&mut self, id: u16, at: usize, count: usize, genitive: bool) {
        if self.countries.is_empty()
            && genitive
            && let Some(noun) = self.role.last_mut()
            && !noun.starts_with("ال")
        {
            // «النائب الأول لمندوب [روسيا]» → «النائب الأول للمندوب».
            let led = noun.strip_prefix('ل').filter(|_| self.words[at - 1].preposition == Some('ل'));
            *noun = led.map_or_else(|| format!("ال{noun}"), |bare| format!("لل{bare}"));
        }
        if self.countries.is_empty() {
            self.genitive = genitive;
        }
        if !self.countries.contains(&id) {
            self.countries.push(id);
        }
        if self.head.count == Count::One {
            let words = &self.words[at..at + count];
            self.shown.extend(words.iter().map(|word| word.span.of(self.text).to_owned()));
        }
    }
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
pub fn listed_body(words: &[Lexeme<'_>]) -> Option<(BodyKind, u16)> {
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
        // «أمريكا» is a country, «أمريكا الجنوبية» none.
        if sense.country != 0 || sense.nisba != 0 || count > 1 && sense.region {
            best = (if count > 1 { rest[count - 2].0 + 1 } else { 1 }, sense);
        }
    });
    best
}
