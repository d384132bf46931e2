//! Who holds what: the fullest of a person's offices, and the country that belongs to them.

use foldhash::{HashMap, HashMapExt};

use super::Story;
use super::context::{same_sentence, side, spoken_for, state_body};
use super::offices::Held;
use crate::facts::gazetteer::titles::{Count, TitleClass};
use crate::facts::gazetteer::{BodyKind, Inflection, gazetteer};
use crate::facts::mention::{Kind, Naming, body};
use crate::facts::reading::Lexeme;
use crate::facts::title::office::{Office, Owner};

/// Countries with a king, an emir or a sultan at their head.
const MONARCHIES: &[&str] = &[
    "السعودية",
    "الأردن",
    "المغرب",
    "البحرين",
    "الكويت",
    "قطر",
    "سلطنة عمان",
    "بريطانيا",
    "إسبانيا",
    "هولندا",
    "بلجيكا",
    "السويد",
    "النرويج",
    "الدنمارك",
    "اليابان",
    "تايلاند",
    "ماليزيا",
    "كمبوديا",
    "كندا",
    "أستراليا",
    "نيوزيلندا",
];

/// What a person holds, in words.
#[derive(Debug, Default)]
pub struct Holder {
    /// The role without the country.
    pub role: String,
    /// The country's common name.
    pub country: String,
    /// Both as shown.
    pub title: String,
    /// Whether the country was only guessed, from what the sentence or the story is about.
    pub guessed: bool,
    /// Whose relative they are, in the words of a role: «زوجة السيسي».
    pub kin: Option<String>,
}

/// The mentions at which somebody is said to be the president of a country, by country. «الرئيس الفرنسي إيمانويل ماكرون والرئيس بشار
/// الأسد»: no country has two.
pub fn presidents(offices: &[Vec<Held>]) -> HashMap<u16, Vec<usize>> {
    let mut presidents: HashMap<u16, Vec<usize>> = HashMap::new();
    for (index, held) in offices.iter().enumerate() {
        for held in held.iter().filter(|held| presides(held)) {
            presidents.entry(held.country).or_default().push(index);
        }
    }
    presidents
}

fn presides(held: &Held) -> bool {
    held.office.role == "الرئيس"
}

/// What the person with these mentions, ascending, holds, by all the offices around them.
pub fn of(
    story: &Story<'_>,
    mentions: &[usize],
    offices: &[Vec<Held>],
    nameless: &HashMap<String, u16>,
    presidents: &HashMap<u16, Vec<usize>>,
) -> Holder {
    let all: Vec<&Held> = mentions.iter().flat_map(|&index| &offices[index]).collect();
    let rank = |held: &Held| match held.office.class {
        TitleClass::State => 0,
        // «من جامعة …» tells less than «الباحث».
        TitleClass::Office if held.office.role.starts_with("من ") => 4,
        TitleClass::Office => 1,
        TitleClass::Work => 2,
        TitleClass::Rank => 3,
        // «الزميل» tells as little as «السيد» does.
        TitleClass::Kin if !held.office.role.contains(' ') || held.office.role.starts_with("ال") => 5,
        TitleClass::Kin => 4,
        TitleClass::Peer | TitleClass::Honour => 5,
    };
    let mut country = 0;
    // «الأسقف هيلاريون، المكلف بالشؤون الدبلوماسية»: of two that are alike, one that says more than a word.
    let says = |h: &Held| usize::from(!h.office.role.contains(' '));
    let best = all
        .iter()
        .copied()
        // «مارتن كليزان المصنف 140 عالميا»
        .filter(|h| !matches!(&*h.office.role, "" | "المصنف" | "المصنفة"))
        .min_by_key(|h| (rank(h), h.country == 0, if rank(h) == 1 { says(h) } else { 0 }));
    if let Some(best) = best {
        country = best.country;
    }
    let any = |of: &dyn Fn(&Held) -> u16| all.iter().map(|h| of(h)).find(|&id| id != 0).unwrap_or(0);
    if country == 0 {
        country = any(&|h| h.country);
    }
    // «مبعوث الأمم المتحدة إلى ليبيا» is nobody's.
    let sent = |role: &str| role.contains(" إلى ") || role.contains(" لدى ");
    let official = best.is_some_and(|h| {
        matches!(h.office.class, TitleClass::State | TitleClass::Rank)
            && !sent(&h.office.role)
            && h.office.owner != Owner::Unknown
            && !private(&h.office)
    });
    if country == 0 {
        country = any(&|h| h.office.place);
    }
    if country == 0 {
        country = any(&|h| spoken_for(story, h.at));
    }
    if country == 0 && official {
        country = any(&|h| side(story, h.at));
    }
    let kin = all
        .iter()
        .find(|h| h.office.class == TitleClass::Kin && h.office.role.contains(' '))
        .map(|h| h.office.role.clone());
    // «وزوجته انتصار»: the country of the relative, before any guess.
    let official = official && kin.is_none();
    let another = |id: u16| {
        let others = best.filter(|held| presides(held)).and_then(|_| presidents.get(&id));
        others.is_some_and(|all| all.iter().any(|index| mentions.binary_search(index).is_err()))
    };
    // «الرئيس ترامب» is «الرئيس الأمريكي» where the story speaks of no other president without a name.
    if country == 0
        && official
        && let Some(best) = best
    {
        country = nameless.get(&best.office.role).copied().filter(|&id| !another(id)).unwrap_or(0);
    }
    let close = official || best.is_some_and(|h| local(&h.office) && h.office.owner != Owner::Unknown);
    if country == 0 && close {
        country = any(&|h| state_body(story, h.at));
    }
    let guessed = country == 0;
    // «… مقارنة مع تركيا، حيث قام الرئيس …»: where the sentence names another country, nobody can tell.
    let near = if official { any(&|h| same_sentence(story, h.at)) } else { 0 };
    if country == 0 && close && (near == 0 || near == story.dominant || story.told) {
        country = story.dominant;
    }
    if country == 0 && official && story.dominant == 0 {
        country = if near == 0 { story.home } else { near };
    }
    if guessed
        && best.is_some_and(|best| foreign(&best.office, gazetteer().country(country)) || another(country))
    {
        country = 0;
    }
    let Some(best) = best.filter(|h| rank(h) < 5) else {
        return Holder { country: gazetteer().country(country).to_owned(), kin, ..Holder::default() };
    };
    let full = full_body(story, best);
    let expand = |role: &str| {
        full.as_ref().map_or_else(
            || role.to_owned(),
            |(short, full)| {
                role.strip_suffix(short.as_str())
                    .map_or_else(|| role.to_owned(), |rest| format!("{rest}{full}"))
            },
        )
    };
    // «ابنة #شريف_منير».
    let expand = |role: &str| expand(role).replace(['#', '_'], " ").trim_start().replace("  ", " ");
    Holder {
        role: expand(&best.office.role),
        country: gazetteer().country(country).to_owned(),
        // «رئيسة حزب العمال» stays so where the country was only guessed.
        title: expand(&if guessed { best.office.shown.clone() } else { shown(story, &best.office, country) }),
        guessed,
        kin,
    }
}

/// Whether `country` has no such office: «السعودي … في عهد الرئيس دونالد ترامب»: a kingdom has no president; «ألمانيا … زفاف الأمير هاري»:
/// and a republic has no prince.
fn foreign(office: &Office, country: &str) -> bool {
    let kingdom = MONARCHIES.contains(&country);
    match office.role.split(' ').next() {
        Some("الرئيس") => office.class == TitleClass::State && kingdom,
        Some("رئيس") => kingdom && office.role.starts_with("رئيس الجمهورية"),
        Some("الملك" | "الملكة" | "العاهل" | "الأمير" | "الأميرة" | "السلطان" | "ولي") => {
            !kingdom && country != "الإمارات"
        }
        _ => false,
    }
}

/// Whether the office is one of the country that the story is about, as far as its words say: «قائد الاحتجاجات», «حاكم المقاطعة»,
/// but not «خبير», and nothing of bodies that belong to no country.
fn local(office: &Office) -> bool {
    const HEADS: &[&str] = &[
        "قائد",
        "حاكم",
        "مدير",
        "ناطق",
        "متحدث",
        "مسؤول",
        "عضو",
        "قاضي",
        "مرشح",
        "ناشط",
        "معارض",
        "جندي",
        "ضابط",
    ];
    const NOBODYS: &[&str] = &["الأمم", "شركة", "لشركة", "منظمة", "لمنظمة", "الأفريقي", "المرصد", "إقليم"];
    let head = office.role.split(' ').next().unwrap_or_default();
    let head = head.strip_prefix("ال").unwrap_or(head);
    let head = head.strip_suffix('ة').unwrap_or(head);
    // «طبيب وحاكم مقاطعة».
    let second = office.role.split(' ').nth(1).and_then(|word| word.strip_prefix('و')).unwrap_or_default();
    // «قائد وحدة الإنقاذ في غرب يوركشير»: its place tells where.
    (HEADS.contains(&head) || HEADS.contains(&second))
        && !office.role.contains(" في ")
        && !private(office)
        && !office.role.split(' ').any(|word| NOBODYS.contains(&word.trim_end_matches('ة')))
}

/// Adjectives of bodies that belong to many countries: «رئيس الاتحاد [العالمي] لعلماء المسلمين».
const OF_MANY: &[&str] = &["الدولي", "الأوروبي", "العالمي", "العربي", "التحكيم"];

/// Whether the office is held in a business, a paper, or a body of many countries: «الرئيس التنفيذي», «رئيس أبل».
fn private(office: &Office) -> bool {
    let business =
        office.role.split(' ').any(|word| matches!(word, "التنفيذي" | "التنفيذية" | "شركة" | "لشركة"));
    business
        || office.role.split(' ').skip(1).any(|word| OF_MANY.contains(&word.trim_end_matches('ة')))
        || matches!(
            office.body,
            Some(BodyKind::Union | BodyKind::Media | BodyKind::Company | BodyKind::Sport)
        )
}

/// «مدير المرصد», where the text has named «المرصد السوري لحقوق الإنسان» before, and no other: the word, and the whole name.
fn full_body(story: &Story<'_>, held: &Held) -> Option<(String, String)> {
    let short = held.office.role.rsplit(' ').next()?;
    let bare = short.strip_prefix("ال").filter(|_| held.office.role.contains(' '))?;
    let key = crate::text::fold::fold(bare);
    body::head(&key)?;
    let last = story.mentions.partition_point(|m| m.tokens.start < held.at);
    let mut names = story.mentions[..last].iter().rev().take(BODIES).filter(|m| {
        let first = &story.lexemes[m.tokens.start].stem;
        matches!(m.kind, Kind::Body(_))
            && m.tokens.len() > 1
            && first.strip_prefix("ال").unwrap_or(first) == key
    });
    let first = names.next()?;
    let words = &story.lexemes[first.tokens.start + 1..first.tokens.end];
    let full = first.span.of(story.text());
    // «رئيس الحكومة» of «الحكومة الأردنية» is told by the country; «لنادي» is no noun.
    let spelled = crate::text::fold::fold(full);
    let noun = spelled.strip_prefix("ال").unwrap_or(&spelled).starts_with(&key);
    if !noun || words.len() > LONGEST || words.iter().all(Lexeme::is_nisba) {
        return None;
    }
    let only = names.all(|m| {
        let name = m.span.of(story.text());
        full.contains(name) || name.contains(full)
    });
    (only && !full.contains(['"', '“', '”', '«', '»', '(', '#', '_']))
        .then(|| (short.to_owned(), full.to_owned()))
}

/// Most words that the name of a body adds to its noun.
const LONGEST: usize = 5;

/// How many mentions back a body is looked for.
const BODIES: usize = 200;

/// The title as shown: as the text has it, or put together where it was shared or its country stood elsewhere.
fn shown(story: &Story<'_>, office: &Office, country: u16) -> String {
    let as_written = office.count == Count::One
        && office.owner != Owner::Pronoun
        && office.countries.first() == Some(&country);
    if as_written || country == 0 || office.class == TitleClass::Kin || ends_in(&office.role, country) {
        return office.shown.clone();
    }
    if office.genitive || office.owner == Owner::Pronoun {
        return format!("{} {}", office.shown, gazetteer().country(country));
    }
    match nationality(story, country, office.feminine) {
        Some(word) => format!("{} {word}", office.role),
        None => office.shown.clone(),
    }
}

/// «حاكم دبي», «السفير في اليمن»: behind a place of the country its nationality word says nothing, and seems to describe the place.
/// «مهاجم ليفربول المصري» is another matter.
fn ends_in(role: &str, country: u16) -> bool {
    let last = role.rsplit(' ').next().map(crate::text::fold::fold).unwrap_or_default();
    let sense = gazetteer().sense(&last).unwrap_or_default();
    [sense.country, sense.capital, sense.city_country].contains(&country)
}

/// The nationality word of `country` as the text spells it, definite, in the wanted gender.
pub fn nationality(story: &Story<'_>, country: u16, feminine: bool) -> Option<String> {
    let mention = story.mentions.iter().find(|m| {
        m.kind == Kind::Country(country, Naming::Nationality) && m.tokens.len() == 1 && {
            matches!(
                story.lexemes[m.tokens.start].sense.inflection,
                Inflection::Masculine | Inflection::Feminine
            )
        }
    })?;
    let word: String =
        mention.span.of(story.text()).chars().filter(|&c| !crate::text::fold::is_mark(c)).collect();
    let bare = word.strip_prefix("ال").unwrap_or(&word);
    let stem = bare.strip_suffix(['ة', 'ه']).unwrap_or(bare).trim_end_matches('ا');
    Some(format!("ال{stem}{}", if feminine { "ة" } else { "" }))
}
