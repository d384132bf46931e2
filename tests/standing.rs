//! Every sentence of a reply stands on its own: it does not hang on one that is not shown, and its
//! quotation marks close.
//!
//! The patterns below are kept apart from those of `summary::coherence`, so that a gap there shows here.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use mujaz::article::Article;
use mujaz::brief::{self, Brief};
use mujaz::facts::grammar::{self, Part};
use mujaz::summary::{Budget, Length};
use mujaz::text::Document;

/// Openers that hang on the sentence before, «و» in front allowed: a link, a pronoun, a speech that
/// goes on, a verb of saying without its speaker.
const DANGLING: &str = "\
    لكن، لكنه، لكنها، لكنهم، إلا أن، إلا أنه، إلا أنها، غير أن، بيد أن، كما، كذلك، أضاف، أضافت، أضافوا، تابع، تابعت، أردف، \
    أردفت، استطرد، استدرك، في المقابل، بالمقابل، من جانبه، من جانبها، من جهته، من جهتها، من ناحيته، بدوره، بدورها، إلى ذلك، \
    في السياق، في السياق نفسه، في السياق ذاته، في سياق متصل، في هذا السياق، في هذا الإطار، في غضون ذلك، من جهة أخرى، \
    من ناحية أخرى، على صعيد آخر، علاوة على ذلك، فضلا عن ذلك، بالإضافة إلى ذلك، إلى جانب ذلك، مع ذلك، رغم ذلك، لذلك، \
    بالتالي، نتيجة لذلك، بعد ذلك، هو، هي، هم، إنه، إنها، هذا ما، هذه هي، جاء ذلك، يأتي ذلك، تأتي هذه، يأتي هذا، جاء هذا، \
    جاءت هذه، قال إن، قال إنه، قال إنها، قالت إن، قالت إنها، قالت إنه، أكد أن، أكد أنه، أكدت أن، أوضح أن، أوضح أنه، أوضحت أن، \
    أشار إلى، أشارت إلى، ذكر أن، ذكرت أن، قال:، قالت:، قال المصدر، أضاف المصدر، المصدر نفسه، ذلك أن، حيث، إذ، ثم، بل، لأن، \
    من بينهم، منهم، لديه، لديها";

/// The opener of `sentence` that hangs on what stands before, if it has one.
fn dangling_opener(sentence: &str) -> Option<&'static str> {
    let text: String = sentence.chars().filter(|&c| !('\u{064B}'..='\u{0652}').contains(&c)).collect();
    let text = text.trim_start_matches(['"', '“', '«', '•', '-', ' ']);
    let bare = text.strip_prefix("و ").or_else(|| text.strip_prefix('و')).unwrap_or(text);
    let opens = |phrase: &str| {
        [text, bare].into_iter().any(|text| {
            let rest = text.strip_prefix(phrase);
            rest.is_some_and(|rest| phrase.ends_with(':') || !rest.starts_with(char::is_alphabetic))
        })
    };
    DANGLING.split('،').map(str::trim).find(|phrase| opens(phrase))
}

/// Whether the quotation marks of `sentence` close, by counting alone.
fn quotations_close(sentence: &str) -> bool {
    let count = |marks: &[char]| sentence.chars().filter(|c| marks.contains(c)).count();
    count(&['"', '“', '”', '„']) % 2 == 0 && count(&['«']) == count(&['»'])
}

/// The faults of a reply. A sentence may hang on the one that is shown right before it, and the
/// first of a text has nothing before it.
fn faults(brief: &Brief) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = None;
    for chosen in &brief.sentences {
        let is_mended = chosen.sentence == 0 || before == Some(chosen.sentence - 1);
        if let Some(opener) = dangling_opener(&chosen.text).filter(|_| !is_mended) {
            faults.push(format!("«{opener}»: {}", chosen.text));
        }
        before = Some(chosen.sentence);
    }
    let whole: Vec<&str> = brief.sentences.iter().map(|chosen| chosen.text.as_str()).collect();
    if !quotations_close(&whole.join(" ")) {
        faults.push(format!("quotation marks: {}", whole.join(" / ")));
    }
    faults
}

fn reply(headline: &str, body: &str) -> Brief {
    let article = Article { headline: headline.to_owned(), body: body.to_owned(), ..Article::default() };
    brief::read(article).compose(Budget::Length(Length::Medium))
}

#[test]
fn the_patterns_see_what_dangles() {
    for sentence in [
        "وأضاف أن العمل بدأ.",
        "ولكنّ العمل بدأ.",
        "كما بدأ العمل.",
        "و أضاف: نعم.",
        "وقال: \"نعم\".",
        "هو ميناء.",
    ] {
        assert!(dangling_opener(sentence).is_some(), "{sentence}");
    }
    for sentence in [
        "وقال الوزير إن العمل بدأ.",
        "هويدا سالم تفوز.",
        "كماشة حديد.",
        "قالت إنجلترا كلمتها.",
        "بلغ العدد مئة.",
    ] {
        assert!(dangling_opener(sentence).is_none(), "{sentence}");
    }
    assert!(!quotations_close("قال: \"نعم."));
    for fragment in ["الوزير سامي الحداد مدير الميناء", "في مذكرة عن الميناء الجديد"]
    {
        assert!(is_fragment(fragment), "{fragment}");
    }
    assert!(!is_fragment("الوزير سامي الحداد أعلن افتتاح الميناء"));
}

#[test]
fn replies_of_written_texts_stand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation");
    let mut all = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let paragraphs = text.split("\n\n").map(|paragraph| {
            let lines: Vec<&str> = paragraph.lines().filter(|line| !line.starts_with("# ")).collect();
            lines.join(" ")
        });
        all.extend(faults(&reply("", &paragraphs.collect::<Vec<_>>().join("\n"))));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Whether a piece that ends before its sentence does is only what stands in front of the clause, or its subject: no verb that is known, and
/// it opens with a preposition or a definite noun, where an unknown verb would stand.
fn is_fragment(piece: &str) -> bool {
    let document = Document::new("", piece);
    let tokens = document.tokens();
    let mut parts = tokens.iter().map(|token| grammar::read(document.text(), token).part);
    let opens = tokens.first().map(|token| grammar::read(document.text(), token).part);
    matches!(opens, Some(Part::Preposition | Part::Joined | Part::Definite | Part::Conjunction))
        && !tokens.iter().any(|token| token.is_mark('،'))
        && !parts
            .any(|part| part.is_verb() || matches!(part, Part::Auxiliary | Part::Pronoun | Part::Particle))
}

/// Two hundred articles of all newsrooms.
#[test]
fn replies_of_two_hundred_articles_stand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/gold/train-articles.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let (mut read, mut newsrooms, mut all) = (0, HashSet::new(), Vec::new());
    for line in text.lines().step_by(4) {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        let [id, source, title, text] =
            ["id", "source", "title", "text"].map(|key| article[key].as_str().unwrap());
        let brief = reply(title, text);
        let cut = brief.sentences.iter().filter(|chosen| {
            let document = &brief.document;
            chosen.span.end + 3 < document.sentences()[chosen.sentence].span.end
        });
        let silent =
            cut.filter(|chosen| is_fragment(&chosen.text)).map(|chosen| format!("no verb: {}", chosen.text));
        all.extend(faults(&brief).into_iter().chain(silent).map(|fault| format!("{id} {fault}")));
        newsrooms.insert(source.to_owned());
        read += 1;
    }
    assert!(read >= 190 && newsrooms.len() >= 9, "{read} articles, {newsrooms:?}");
    assert!(all.is_empty(), "{} in {read} replies:\n{}", all.len(), all.join("\n"));
}
