//! `/today`, «موجز اليوم»: the stories that a chat was told of since its morning. It lists what was answered there, and reads nothing more.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::admit::Admitted;
use super::answer::message_link;
use super::handle::Handler;
use super::reply;
use super::request::Place;
use super::ticket::{Ticket, TicketError};
use crate::article::Article;
use crate::reply::source;
use crate::reply::today::{self, Told as Line};
use crate::service::Failure;
use crate::store::{self, Answer, ChatSettings, Told};

/// The list is shown once in so long a time.
const INTERVAL: Duration = Duration::from_hours(1);

/// Stories of the list, at most.
const STORIES: usize = 10;

/// How far the day of the chats is ahead of UTC. Telegram tells nobody's time zone: it is that of Riyadh, Baghdad and Kuwait, an hour or two
/// off between Cairo and Muscat.
const AHEAD: SignedDuration = SignedDuration::from_hours(3);

/// The last midnight.
fn morning(now: Timestamp) -> Timestamp {
    let day = 24 * 60 * 60;
    let local = now.as_second() + AHEAD.as_secs();
    Timestamp::from_second(local.div_euclid(day) * day - AHEAD.as_secs()).unwrap_or(now)
}

impl Handler {
    pub(super) async fn today(&self, place: &Place, ticket: &mut Ticket<'_>) -> Result<(), TicketError> {
        // What was asked before is told first, and listed.
        ticket.wait_for_turn().await;
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let (chat, now) = (store::ChatId(place.chat), Timestamp::now());
        let told = self.store.told(chat, morning(now), None, now).await?;
        let answers = self.store.answers_told(chat, morning(now), now).await?;
        if answers.is_empty() {
            return self.once_a_minute(place, "today-empty", locale, ticket).await;
        }
        let Some(admitted) = self.admit(place, locale, ticket).await? else { return Ok(()) };
        if !ticket.is_again() && !self.store.may_tell_every(INTERVAL, chat, "today", now).await? {
            return self.once_a_minute(place, "today-again", locale, ticket).await;
        }
        let html = match self.list(place, &told, &answers, &chosen, admitted).await {
            Ok(stories) => today::render(&stories, chosen.digits, locale),
            Err(failure) => reply::of_failure(&failure, locale),
        };
        ticket.send(reply::message(place, html, None)).await.map(drop)
    }

    /// The stories of what was `told`, most told first; of each there is an article among the `answers` that are kept. All of it is paid for
    /// as one: it comes once an hour.
    async fn list(
        &self,
        place: &Place,
        told: &[Told],
        answers: &[Answer],
        chosen: &ChatSettings,
        _: Admitted,
    ) -> Result<Vec<Line>, Failure> {
        let accounts = told.iter().map(|told| told.account.clone()).collect();
        let groups = self.service.group(accounts).await?;
        let mut stories: Vec<(usize, usize, &Told, &Article)> = groups
            .iter()
            .filter_map(|group| {
                let article = |at: &usize| {
                    let answer = answers.iter().find(|answer| Some(&answer.id) == told[*at].answer.as_ref());
                    answer.map(|answer| &answer.article).filter(|article| !article.body.is_empty())
                };
                let fullest = group.iter().filter_map(|at| Some((at, article(at)?)));
                let (at, fullest) =
                    fullest.max_by_key(|(at, article)| (article.body.len(), usize::MAX - **at))?;
                let named: BTreeSet<String> = group.iter().filter_map(|at| source(article(at)?)).collect();
                // Of those without a name each text is one.
                let unnamed: BTreeSet<Option<&str>> = group
                    .iter()
                    .map(article)
                    .filter(|article| article.and_then(source).is_none())
                    .map(|article| article.map(|article| article.body.as_str()))
                    .collect();
                Some((named.len() + unnamed.len(), group.len(), &told[*at], fullest))
            })
            .collect();
        stories.sort_by_key(|(sources, articles, ..)| usize::MAX - (sources * 100 + articles));
        stories.truncate(STORIES);
        let mut lines = Vec::new();
        for (sources, _, told, article) in stories {
            let brief = self.service.brief(article.clone(), chosen.length).await?;
            let link = told.message.and_then(|message| message_link(place.chat, message));
            lines.push(Line { brief, sources, link });
        }
        Ok(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::morning;

    #[test]
    fn the_day_begins_at_midnight_of_riyadh() {
        let at = |text: &str| text.parse().expect("a time");
        assert_eq!(morning(at("2026-03-10T20:59:59Z")), at("2026-03-09T21:00:00Z"));
        assert_eq!(morning(at("2026-03-10T21:00:00Z")), at("2026-03-10T21:00:00Z"));
        assert_eq!(morning(at("1969-12-31T23:00:00Z")), at("1969-12-31T21:00:00Z"));
    }
}
