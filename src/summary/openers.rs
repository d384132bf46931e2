//! What a sentence opens with, as far as the ranker cares.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::text::phrase::{folded, phrases};
use crate::text::{Token, TokenKind};

/// What the first words of a sentence say of its part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// A verb of saying: «وقال الوزير», «وأضاف».
    Saying,
    /// A discourse connective: «في المقابل», «لكن», «كما».
    Connective,
    /// A background formula: «يذكر أن», «يشار إلى».
    Background,
    /// A pronoun or a demonstrative: «هذا», «هو».
    Pronoun,
    /// A past story: «وكان البلدان».
    Past,
    /// Anything else.
    Plain,
}

/// Verbs of saying, without a conjunction.
const SAYING: &str = "\
    قال، قالت، قالوا، أضاف، أضافت، تابع، تابعت، أوضح، أوضحت، أكد، أكدت، ذكر، ذكرت، أشار، أشارت، أعلن، أعلنت، صرح، صرحت، \
    أفاد، أفادت، لفت، لفتت، شدد، شددت، اعتبر، اعتبرت، يقول، تقول، بين، كشف، كشفت، نقل، نقلت، رأى، أعرب، أعربت، زعم، نفى، \
    نفت، حذر، حذرت، دعا، دعت، كتب";
/// First words of discourse openers, without a conjunction.
const CONNECTIVES: &str = "\
    لكن، لكنه، لكنها، لكنهم، كما، كذلك، أيضا، غير، بيد، إلا، بل، ثم، لذلك، لذا، هكذا، بالمقابل، بالتالي، فيما، بينما، \
    حيث، إذ، مع، رغم، على، هنا، هناك، حينها، عندها، بعدها، قبلها، أما، إلى";
/// First words of background formulas.
const BACKGROUND: &str = "يذكر، يشار، الجدير، جدير، تجدر، يجدر، معلوم، المعروف، يعتقد، سبق";
/// Pronouns, demonstratives, and prepositions with a pronoun.
const PRONOUNS: &str = "\
    هذا، هذه، ذلك، تلك، هؤلاء، أولئك، هو، هي، هم، هما، إنه، إنها، إنهم، نحن، أنا، أنت، بهذا، لهذا، بذلك، لذلك، منه، \
    منها، فيه، فيها، عليه، عليها، له، لها، به، بها، عنه، عنها، إليه، إليها";
/// Verbs that open a past story.
const PAST: &str = "كان، كانت، كانوا، سبق";
/// Days as news names them.
const DAYS: &str = "اليوم، السبت، الأحد، الاثنين، الثلاثاء، الأربعاء، الخميس، الجمعة، أمس، الثلاثا، الأربعا";
/// What names a source.
const ATTRIBUTION: &str = "بحسب، حسب، حسبما، وفق، وفقا، نقلا، وفقما";

static SAYING_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(SAYING)));
static CONNECTIVES_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(CONNECTIVES)));
static BACKGROUND_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(BACKGROUND)));
static PRONOUNS_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(PRONOUNS)));
static PAST_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(PAST)));
static DAYS_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(DAYS)));
static ATTRIBUTION_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(ATTRIBUTION)));

/// What `tokens` open with.
#[must_use]
pub fn opener(tokens: &[Token]) -> Opener {
    let Some(word) = tokens.iter().find(|t| !matches!(t.kind, TokenKind::Mark(_))) else {
        return Opener::Plain;
    };
    let key = bare(&word.key);
    let in_list = |list: &HashSet<Box<str>>| list.contains(&*word.key) || list.contains(key);
    if in_list(&BACKGROUND_KEYS) {
        Opener::Background
    } else if in_list(&PAST_KEYS) {
        Opener::Past
    } else if in_list(&SAYING_KEYS) {
        Opener::Saying
    } else if in_list(&PRONOUNS_KEYS) {
        Opener::Pronoun
    } else if in_list(&CONNECTIVES_KEYS) {
        Opener::Connective
    } else {
        Opener::Plain
    }
}

/// Whether the first word begins with the conjunction «و».
#[must_use]
pub fn opens_with_waw(tokens: &[Token]) -> bool {
    tokens.iter().find(|t| t.is_word()).is_some_and(|t| t.key.starts_with('و') && t.key.chars().count() > 3)
}

/// Whether the token is a pronoun, a demonstrative or a preposition with a pronoun.
#[must_use]
pub fn is_pronoun(token: &Token) -> bool {
    token.is_word() && PRONOUNS_KEYS.contains(bare(&token.key))
}

/// Whether the token names a day of the news: «الثلاثاء», «اليوم».
#[must_use]
pub fn is_day(token: &Token) -> bool {
    token.is_word() && DAYS_KEYS.contains(&*token.key)
}

/// Whether the token names a source: «بحسب», «وفقا».
#[must_use]
pub fn is_attribution(token: &Token) -> bool {
    token.is_word() && ATTRIBUTION_KEYS.contains(bare(&token.key))
}

/// The word without the conjunction «و» or «ف» in front.
fn bare(key: &str) -> &str {
    match key.strip_prefix('و').or_else(|| key.strip_prefix('ف')) {
        Some(rest) if rest.chars().count() >= 2 => rest,
        _ => key,
    }
}
