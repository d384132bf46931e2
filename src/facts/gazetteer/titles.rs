//! Heads of titles: «وزير», «رئيسة», «سفيرا», «وزراء», with what their form says.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use crate::text::fold::fold;

static TITLES: &str = include_str!("../../../data/lists/titles.tsv");

/// What kind of title a head makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TitleClass {
    /// An office that belongs to a country: «وزير», «سفير», «ملك».
    State,
    /// A post in some body: «مدير», «المتحدث», «مدرب».
    Office,
    /// An occupation: «المخرج», «الناشط».
    Work,
    /// Said with the name, not an office: «السيد», «الدكتور», «اللواء».
    Honour,
    /// Said with the name, and the role of those who have no other: «الأمير», «العقيد».
    Rank,
    /// A relation to somebody else: «زوجة», «نجل».
    Kin,
    /// «نظيره»: the same office for another country.
    Peer,
}

/// How many people a head speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// One.
    One,
    /// Two: «وزيرا», «الرئيسان».
    Two,
    /// More: «وزراء».
    Many,
}

/// What a head's form says of its surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// «وزير».
    Bare,
    /// With the article: «الوزير».
    Definite,
    /// Only before a complement: «وزيرا خارجية…», «وزيري».
    Construct,
    /// With a pronoun at its end: «نظيره», «زوجها».
    Possessive,
}

/// One form of a head.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// What kind of title it makes.
    pub class: TitleClass,
    /// The singular in the form's gender, as a dictionary writes it: «وزيرة».
    pub singular: &'static str,
    /// Whether the form is feminine.
    pub is_feminine: bool,
    /// How many people it speaks of.
    pub count: Count,
    /// What stands around it.
    pub form: Form,
    /// Whether the word is as often something else, to be believed only right before a name.
    pub is_everyday: bool,
}

impl Head {
    /// Whether the form has the article.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.form == Form::Definite
    }

    /// The same as a woman or a man bears it, where the language has a form: «وزيران» makes «وزيرة».
    #[must_use]
    pub fn of_gender(&self, feminine: bool) -> Option<Self> {
        if self.is_feminine == feminine {
            return Some(*self);
        }
        let singular = COUNTERPARTS.get(&(self.class, self.singular))?;
        Some(Self { singular, is_feminine: feminine, ..*self })
    }

    /// Whether the form has a pronoun at its end.
    #[must_use]
    pub fn is_possessive(&self) -> bool {
        self.form == Form::Possessive
    }
}

/// Heads by their forms.
type Heads = HashMap<String, Head>;

static LISTS: LazyLock<(Heads, Heads)> = LazyLock::new(load);
static HEADS: LazyLock<&Heads> = LazyLock::new(|| &LISTS.0);
static WITH_PRONOUN: LazyLock<&Heads> = LazyLock::new(|| &LISTS.1);
/// By class and singular the same title as the other gender bears it: «وزير», «وزيرة».
static COUNTERPARTS: LazyLock<HashMap<(TitleClass, &'static str), &'static str>> = LazyLock::new(|| {
    let both = rows().map(|(class, cells)| (class, cells.map(|cell| cell.trim_end_matches('~'))));
    both.filter(|(_, [masculine, feminine, _])| !masculine.is_empty() && !feminine.is_empty())
        .flat_map(|(class, [masculine, feminine, _])| {
            [((class, masculine), feminine), ((class, feminine), masculine)]
        })
        .collect()
});

/// The head that the folded word or phrase `key` is a form of.
#[must_use]
pub fn head(key: &str) -> Option<&'static Head> {
    HEADS.get(key)
}

/// The head before a pronoun whose form is also that of a woman's: «مخرجه».
#[must_use]
pub fn head_with_pronoun(key: &str) -> Option<&'static Head> {
    WITH_PRONOUN.get(key)
}

/// Whether heads of two words begin with `word`: «ولي».
#[must_use]
pub fn is_start_of_head(word: &str) -> bool {
    FIRSTS.contains(word)
}

/// The head of two words that begins with `first`: «ولي العهد».
#[must_use]
pub fn head_of_two(first: &str, second: &str) -> Option<&'static Head> {
    if !FIRSTS.contains(first) {
        return None;
    }
    HEADS.get(&format!("{first} {second}"))
}

/// First words of heads of two words.
static FIRSTS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| HEADS.keys().filter_map(|key| key.split_once(' ')).map(|(first, _)| first).collect());

/// The rows of the list: the class, then masculine singular, feminine singular and broken plurals.
fn rows() -> impl Iterator<Item = (TitleClass, [&'static str; 3])> {
    TITLES.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut cells = line.split('\t').map(str::trim);
        let class = match cells.next() {
            Some("state") => TitleClass::State,
            Some("office") => TitleClass::Office,
            Some("work") => TitleClass::Work,
            Some("kin") => TitleClass::Kin,
            Some("rank") => TitleClass::Rank,
            Some("peer") => TitleClass::Peer,
            _ => TitleClass::Honour,
        };
        (class, [(); 3].map(|()| cells.next().unwrap_or_default()))
    })
}

/// All forms, and those before a pronoun apart.
fn load() -> (Heads, Heads) {
    let mut heads = HashMap::new();
    // «مصممة» is a woman before it is «مصممه», his designer: forms with a pronoun come last.
    let mut with_pronoun = Vec::new();
    for (class, [masculine, feminine, plurals]) in rows() {
        for (cell, is_feminine) in [(masculine, false), (feminine, true)] {
            if !cell.is_empty() {
                add_forms(&mut heads, &mut with_pronoun, class, cell, is_feminine);
            }
        }
        for plural in plurals.split('|').filter(|p| !p.is_empty()) {
            let head = Head {
                class,
                singular: masculine.trim_end_matches('~'),
                is_feminine: false,
                count: Count::Many,
                form: Form::Bare,
                is_everyday: plural.ends_with('~'),
            };
            let key = fold(plural.trim_end_matches('~'));
            // «رئيس وزرائها»: a final hamza takes a seat before the pronoun.
            let stem = key.strip_suffix('ء').map_or_else(|| key.clone(), |bare| format!("{bare}ي"));
            for pronoun in ["ه", "ها", "هم"] {
                with_pronoun.push((format!("{stem}{pronoun}"), Head { form: Form::Possessive, ..head }));
            }
            add(&mut heads, &key, &head);
        }
    }
    for (key, head) in &with_pronoun {
        add(&mut heads, key, head);
    }
    (heads, with_pronoun.into_iter().rev().collect())
}

fn add_forms(
    heads: &mut Heads,
    with_pronoun: &mut Vec<(String, Head)>,
    class: TitleClass,
    cell: &'static str,
    is_feminine: bool,
) {
    let singular = cell.trim_end_matches('~');
    let head = Head {
        class,
        singular,
        is_feminine,
        count: Count::One,
        form: if singular.starts_with("ال") { Form::Definite } else { Form::Bare },
        is_everyday: cell.ends_with('~'),
    };
    let key = fold(singular);
    add(heads, &key, &head);
    if singular.contains(' ') {
        return;
    }
    // The stem that endings are put on: «وزيره» gives «وزيرت-».
    let stem = match key.strip_suffix('ه') {
        Some(bare) if is_feminine => format!("{bare}ت"),
        _ => key.clone(),
    };
    let forms: &[(&str, Count, Form)] = if is_feminine {
        &[
            ("ان", Count::Two, Form::Bare),
            ("ين", Count::Two, Form::Bare),
            ("ا", Count::Two, Form::Construct),
            ("ي", Count::Two, Form::Construct),
        ]
    } else {
        // «ممثلين» is dual or plural; two is the reading that says more.
        &[
            ("ان", Count::Two, Form::Bare),
            ("ين", Count::Two, Form::Bare),
            ("ا", Count::Two, Form::Construct),
            ("ي", Count::Two, Form::Construct),
            ("ون", Count::Many, Form::Bare),
            ("و", Count::Many, Form::Construct),
        ]
    };
    for pronoun in ["ه", "ها", "هم", "هما"] {
        with_pronoun.push((format!("{stem}{pronoun}"), Head { form: Form::Possessive, ..head }));
        // «نظيريه الكوري والهندي», «نجلاه».
        if matches!(class, TitleClass::Peer | TitleClass::Kin) {
            let two = Head { form: Form::Possessive, count: Count::Two, ..head };
            with_pronoun.push((format!("{stem}ي{pronoun}"), two));
            with_pronoun.push((format!("{stem}ا{pronoun}"), two));
        }
    }
    if matches!(class, TitleClass::Honour | TitleClass::Rank) {
        // «الأم» has no dual «الأمين»: that is the secretary.
        return;
    }
    for &(ending, count, form) in forms {
        add(heads, &format!("{stem}{ending}"), &Head { count, form, ..head });
    }
}

/// Adds a form without and with the article. The first meaning of a form is kept.
fn add(heads: &mut Heads, key: &str, head: &Head) {
    heads.entry(key.to_owned()).or_insert(*head);
    if !key.starts_with("ال") && !key.contains(' ') && head.form == Form::Bare {
        heads.entry(format!("ال{key}")).or_insert(Head { form: Form::Definite, ..*head });
    }
}
