//! What holds for any text at all: no panic, nothing invented, time that grows with length.

use std::time::Duration;

use mujaz::article::Article;
use mujaz::brief::{self, Brief};
use mujaz::facts::Person;
use mujaz::summary::{Budget, Length};
use mujaz::text::fold::{fold, is_mark};
use mujaz::text::quotation::is_balanced;
use proptest::prelude::*;
use rustix::time::{ClockId, clock_gettime};

fn compose(headline: &str, body: &str, budget: Budget) -> Brief {
    let article = Article { headline: headline.to_owned(), body: body.to_owned(), ..Article::default() };
    brief::read(article).compose(budget)
}

/// Each part of a reply stands in the article, letter for letter.
fn check_nothing_is_invented(brief: &Brief) {
    let text = brief.document.text();
    for chosen in &brief.sentences {
        let sentence = &brief.document.sentences()[chosen.sentence];
        assert!(sentence.span.contains(chosen.span), "what is shown lies in its sentence");
        let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let shown = brief.document.slice(chosen.span);
        assert_eq!(words(&chosen.text), words(shown), "a piece is shown as it stands");
    }
    let facts = &brief.facts;
    for figure in &facts.figures {
        assert!(!brief.document.slice(figure.span).is_empty());
        if let Some(line) = figure.line {
            let sentence = brief.document.sentences()[figure.sentence].span;
            assert!(
                sentence.contains(line) && line.contains(figure.span),
                "a line is cut from its figure's own sentence, with the number in it"
            );
        }
    }
    // Names are shown without what the text puts around and between their words: quotation marks («حزب “النور”»), the
    // underscores of hashtags («#محمد_صلاح»), line ends. Behind «لل», the article is written out: «للأمم» names «الأمم».
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (text, headline) = (letters(text), letters(brief.document.headline()));
    let stands = |name: &str| {
        let name = letters(name);
        let name = name.strip_prefix("ال").unwrap_or(&name);
        text.contains(name) || headline.contains(name)
    };
    for person in &facts.people {
        assert!(stands(&person.name), "invented person {:?}", person.name);
        check_title(brief, person);
    }
    for organization in &facts.organizations {
        assert!(stands(&organization.name), "invented body {:?}", organization.name);
        assert!(organization.aliases.iter().all(|alias| stands(alias)), "{:?}", organization.aliases);
    }
    for place in &facts.places {
        assert!(stands(&place.name), "invented place {:?}", place.name);
    }
    for quotation in &brief.quotations {
        let speaker = quotation.speaker.expect("whoever is quoted is told");
        assert!(facts.name_of(speaker).is_some(), "a speaker is one of those listed");
        let words = brief.document.slice(quotation.span);
        assert!(is_balanced(words), "a quotation is shown from mark to mark: {words}");
    }
    for country in &facts.countries {
        assert!(!country.mentions.is_empty(), "a country is mentioned in some form: {:?}", country.name);
    }
}

/// A role is a piece of the article but for its form, and what says a country stands in the article.
fn check_title(brief: &Brief, person: &Person) {
    assert_eq!(person.role.is_empty(), person.role_span.is_none(), "{person:?}");
    assert_eq!(person.country.is_empty(), person.country_span.is_none(), "{person:?}");
    if let Some(span) = person.country_span {
        assert!(!brief.document.slice(span).is_empty(), "{person:?}");
    }
    let Some(span) = person.role_span else { return };
    let piece = brief.document.slice(span);
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
        words.map(stem).filter(|word| !word.is_empty()).collect()
    };
    let said = words(piece);
    for word in words(&person.role) {
        let stands =
            said.iter().any(|said| said.starts_with(&word) || said.ends_with(&word) || alike(said, &word));
        assert!(stands, "{word} of {person:?} is not in {piece}");
    }
    assert!(person.title.starts_with(&person.role), "{person:?}");
}

/// A word without what gender, number, the article and a pronoun change of it.
fn stem(word: &str) -> String {
    let word = fold(word);
    let word =
        ["وال", "بال", "لل", "ال"].iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(&word);
    word.trim_end_matches(['ه', 'ا', 'ء', 'ي']).to_owned()
}

/// Whether two forms of one noun share most of their consonants, as a broken plural and its singular do: «وزراء», «وزير».
fn alike(a: &str, b: &str) -> bool {
    let bones = |word: &str| {
        word.chars().filter(|c| !matches!(c, 'ا' | 'و' | 'ي' | 'ه' | 'ت' | 'ن')).collect::<Vec<_>>()
    };
    let (a, b) = (bones(a), bones(b));
    !b.is_empty() && b.iter().all(|c| a.contains(c))
}

/// Pieces of news that generated texts are woven from, so that the grammar rules are reached.
const PIECES: &[&str] = &[
    "قال",
    "وأضاف",
    "وزير الخارجية",
    "وزيرا خارجية",
    "الأمريكي",
    "ونظيره",
    "إيطاليا",
    "مصر",
    "محمد",
    "أحمد بن سالم",
    "إن",
    "أنّ",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "(",
    ")",
    "(ناتو)",
    "83",
    "٣٫٥",
    "1,200",
    "مليون",
    "مليار",
    "دولار",
    "في المئة",
    "%",
    "نحو",
    "أكثر من",
    "بين",
    "و",
    "15",
    "ثلاثة",
    "وعشرين",
    "ألفا",
    "عشرات",
    "الآلاف",
    "قتيلان",
    "يوم الاثنين",
    "2018",
    "مارس",
    "الساعة",
    ".",
    "..",
    "…",
    "،",
    ":",
    "؟",
    "!",
    "\n",
    " ",
    "-",
    "د.",
    "أ ف ب",
    "http://example.com/a?b=c",
    "منظمة",
    "حزب",
    "الاتحاد الأوروبي",
    "\u{200f}",
    "\u{64b}",
    "ـ",
    "🙂",
    "ABC",
    "لا",
    "لم",
];

fn woven() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..120).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, space)| [piece, if space { " " } else { "" }]).collect()
    })
}

/// Clauses as articles have them, from which lines are put together.
const CLAUSES: &[&str] = &[
    "قال وزير الخارجية المصري سامح شاهين إن المحادثات مستمرة",
    "وزيرا خارجية إيطاليا، ماركو روسي، ونظيره الأمريكي جون هاربر",
    "الرئيسان التركي أحمد دمير والروسي فلاديمير بتروف",
    "ومثّل تركيا في الاجتماع وزير خارجيتها أحمد دمير",
    "سامي الحداد",
    "جون هاربر، رئيس شركة النور",
    "وكان سامي الحداد",
    "قد قال",
    "قد أكد أن",
    "الذي أضاف",
    "وأضاف",
    "مشيرا إلى أن",
    "يقول الحداد",
    "وقالت آنا لارسون، المتحدثة باسم الجيش السويدي:",
    "نقلت وكالة الأنباء عن الحداد قوله إن",
    "عن الجانب السعودي، شارك الوزير فيصل بن تركي",
    "وزير الري هاني عبد الرؤوف ومدير المشروع",
    "ارتفع العدد إلى 250 مليون دولار في 3 مدن",
    "«لن نقبل بأقل من اتفاق كامل",
    "وسنواصل العمل حتى النهاية»",
    "\"هذا هو الطريق الوحيد أمامنا\"",
    "“الخطوة الأولى",
    "في القاهرة (ناتو)",
];

/// How lines of articles begin: plainly, as items of a list, as answers.
const OPENINGS: &[&str] = &["", "- ", "• ", "1. ", "٢) ", "س: ", "و", "“"];

/// How they end: many without a full stop.
const ENDINGS: &[&str] = &["\n", ".\n", "\n\n", "،\n", ":\n", ". ", "؟\n", "»\n", "…\n"];

/// Lines as articles have them: some end without a full stop, some are items of a list, and quotations go on over their ends.
fn lines() -> impl Strategy<Value = String> {
    let clauses = prop::collection::vec(prop::sample::select(CLAUSES), 1..4);
    let line = (prop::sample::select(OPENINGS), clauses, prop::sample::select(ENDINGS));
    prop::collection::vec(line, 0..24).prop_map(|lines| {
        lines
            .into_iter()
            .flat_map(|(opening, clauses, ending)| [opening.to_owned(), clauses.join(" "), ending.to_owned()])
            .collect()
    })
}

fn budgets() -> impl Strategy<Value = Budget> {
    prop_oneof![
        Just(Budget::Length(Length::Short)),
        Just(Budget::Length(Length::Medium)),
        Just(Budget::Length(Length::Long)),
        (0_usize..200).prop_map(Budget::Words),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_give_a_brief(headline in "\\PC{0,40}", body in "(?s).{0,400}", budget in budgets()) {
        check_nothing_is_invented(&compose(&headline, &body, budget));
    }

    #[test]
    fn any_news_like_text_gives_a_brief(headline in woven(), body in woven(), budget in budgets()) {
        check_nothing_is_invented(&compose(&headline, &body, budget));
    }

    #[test]
    fn any_lines_of_articles_give_a_brief(headline in lines(), body in lines(), budget in budgets()) {
        check_nothing_is_invented(&compose(&headline, &body, budget));
    }

    #[test]
    fn a_brief_is_the_same_every_time(body in woven()) {
        let [first, second] = [(); 2].map(|()| compose("", &body, Budget::Length(Length::Medium)));
        prop_assert_eq!(first.sentences, second.sentences);
        prop_assert_eq!(format!("{:?}", first.facts), format!("{:?}", second.facts));
    }
}

#[test]
fn the_sample_gives_nothing_invented() {
    let sample = include_str!("../samples/water-conference.txt");
    check_nothing_is_invented(&compose("", sample, Budget::Length(Length::Long)));
}

/// Texts that could make a careless rule quadratic, each as the piece it repeats.
const HOSTILE: &[(&str, &str)] = &[
    ("news", include_str!("../samples/water-conference.txt")),
    ("one endless sentence", "قال الوزير إن المشروع سيبدأ قريبا وإن العمل مستمر "),
    ("stops only", "."),
    ("opening quotation marks only", "«"),
    ("straight quotation marks only", "\" "),
    ("numbers only", "83 "),
    ("digits without a space", "8"),
    ("number words only", "ثلاثة وعشرين مليونا و"),
    ("names only", "محمد أحمد "),
    ("titles only", "وزير خارجية "),
    ("brackets only", "( "),
    ("one letter", "و"),
    ("paragraphs of one word", "كلمة\n"),
    ("emoji", "🙂"),
    ("vowel marks", "\u{64b}"),
    ("one person speaks again and again", "محمد: "),
    ("one hashtag again and again", "#محمد_صلاح "),
    ("one body again and again", "(ناتو) "),
    ("one person is quoted and no quotation ends", "قال محمد: «"),
    ("countries only", "مصر وفرنسا "),
    ("remarks in a name", "أبو12 بن X "),
];

/// How long this thread has worked. Others may work beside it.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.cast_unsigned(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[test]
fn time_grows_with_length() {
    // Four times the length is some five times the time at n log n, and sixteen times what a quadratic rule takes: whatever else is
    // done meanwhile, its part is seen before it is half of all.
    // And none takes many times what news take: a remark in a name took ten times as long («أبو12 بن X»).
    let mut news = None;
    for (name, piece) in HOSTILE {
        let measure = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len() + 1);
            let start = worked();
            compose("", &text, Budget::Length(Length::Medium));
            worked().saturating_sub(start)
        };
        let (short, long) = (measure(125_000), measure(500_000));
        println!("{name}: 125 kB {short:?}, 500 kB {long:?}");
        let floor = Duration::from_millis(500);
        let news = *news.get_or_insert(long);
        assert!(long < news * 8 + floor, "{name}: 500 kB take {long:?}, of news {news:?}");
        assert!(long < short * 8 + floor, "{name}: 125 kB takes {short:?}, 500 kB takes {long:?}");
    }
}
