//! Word clusters from unlabelled news: words that stand between the same neighbours are of one kind.
//!
//! Counts of the neighbours at four places, weighted as positive pointwise mutual information, brought down
//! to a few dimensions by subspace iteration, then grouped twice by k-means on the sphere (coarse, and each
//! coarse cluster again). One thread, fixed seed.

use std::collections::HashMap;

use super::crf::Random;

/// Words rarer than this have no cluster.
const RAREST: u32 = 5;
/// The commonest words serve as neighbours.
const NEIGHBOURS: usize = 3000;
/// Where a neighbour stands.
const PLACES: [isize; 4] = [-2, -1, 1, 2];
const DIMENSIONS: usize = 64;
const POWER_STEPS: usize = 3;
const COARSE: usize = 128;
const FINE_IN_COARSE: usize = 12;
const KMEANS_STEPS: usize = 12;

/// The clusters of one word, each counted from 1.
#[derive(Clone, Copy, Debug)]
pub struct Clusters {
    /// One of many small ones.
    pub fine: u16,
    /// One of few large ones.
    pub coarse: u8,
}

/// Groups the words of `articles`, each a sequence of folded words.
#[must_use]
pub fn learn(articles: &[Vec<String>], counts: &HashMap<String, u32>) -> HashMap<String, Clusters> {
    let mut words: Vec<(&str, u32)> =
        counts.iter().filter(|(_, n)| **n >= RAREST).map(|(w, n)| (w.as_str(), *n)).collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let numbers: HashMap<&str, u32> =
        words.iter().enumerate().map(|(n, (word, _))| (*word, n as u32)).collect();
    let matrix = Matrix::count(articles, &numbers);
    let vectors = matrix.reduce();
    let mut random = Random(11);
    let all: Vec<usize> = (0..words.len()).collect();
    let coarse = kmeans(&vectors, &all, COARSE, &mut random);
    let mut fine = vec![0; words.len()];
    for cluster in 0..COARSE {
        let members: Vec<usize> = all.iter().copied().filter(|&w| coarse[w] == cluster).collect();
        for (&word, part) in members.iter().zip(kmeans(&vectors, &members, FINE_IN_COARSE, &mut random)) {
            fine[word] = cluster * FINE_IN_COARSE + part;
        }
    }
    eprintln!("clusters: {} words", words.len());
    let clusters = |n: usize| Clusters { fine: fine[n] as u16 + 1, coarse: coarse[n] as u8 + 1 };
    words.iter().enumerate().map(|(n, (word, _))| ((*word).to_owned(), clusters(n))).collect()
}

type Vector = [f32; DIMENSIONS];

/// A sparse matrix of words by neighbours.
struct Matrix {
    rows: usize,
    columns: usize,
    cells: Vec<(u32, u32, f32)>,
}

impl Matrix {
    fn count(articles: &[Vec<String>], numbers: &HashMap<&str, u32>) -> Self {
        let columns = NEIGHBOURS * PLACES.len();
        let mut pairs: Vec<u64> = Vec::new();
        for article in articles {
            let article: Vec<Option<u32>> =
                article.iter().map(|w| numbers.get(w.as_str()).copied()).collect();
            for (at, word) in article.iter().enumerate() {
                let Some(word) = *word else { continue };
                for (place, &offset) in PLACES.iter().enumerate() {
                    let near = at.checked_add_signed(offset).and_then(|i| article.get(i).copied()).flatten();
                    if let Some(near) = near.filter(|&near| (near as usize) < NEIGHBOURS) {
                        let column = place * NEIGHBOURS + near as usize;
                        pairs.push(u64::from(word) << 32 | column as u64);
                    }
                }
            }
        }
        pairs.sort_unstable();
        let mut row_sums = vec![0.0_f32; numbers.len()];
        let mut column_sums = vec![0.0_f32; columns];
        let mut cells: Vec<(u32, u32, f32)> = Vec::new();
        for run in pairs.chunk_by(|a, b| a == b) {
            let (row, column, n) = ((run[0] >> 32) as u32, run[0] as u32, run.len() as f32);
            row_sums[row as usize] += n;
            column_sums[column as usize] += n;
            cells.push((row, column, n));
        }
        let total = pairs.len() as f32;
        for (row, column, n) in &mut cells {
            *n = (*n * total / (row_sums[*row as usize] * column_sums[*column as usize])).ln();
        }
        cells.retain(|cell| cell.2 > 0.0);
        Self { rows: numbers.len(), columns, cells }
    }

    /// A vector of length 1 for each row: its place among the strongest directions of the matrix.
    fn reduce(&self) -> Vec<Vector> {
        let mut random = Random(5);
        let mut basis: Vec<Vector> =
            (0..self.columns).map(|_| std::array::from_fn(|_| random.unit() - 0.5)).collect();
        let mut vectors = self.times(&basis);
        for _ in 0..POWER_STEPS {
            orthonormalize(&mut vectors);
            basis = self.transposed_times(&vectors);
            orthonormalize(&mut basis);
            vectors = self.times(&basis);
        }
        for vector in &mut vectors {
            let length = dot(vector, vector).sqrt().max(1e-9);
            *vector = vector.map(|v| v / length);
        }
        vectors
    }

    fn times(&self, basis: &[Vector]) -> Vec<Vector> {
        let mut out = vec![[0.0; DIMENSIONS]; self.rows];
        for &(row, column, value) in &self.cells {
            add(&mut out[row as usize], &basis[column as usize], value);
        }
        out
    }

    fn transposed_times(&self, vectors: &[Vector]) -> Vec<Vector> {
        let mut out = vec![[0.0; DIMENSIONS]; self.columns];
        for &(row, column, value) in &self.cells {
            add(&mut out[column as usize], &vectors[row as usize], value);
        }
        out
    }
}

fn add(to: &mut Vector, from: &Vector, times: f32) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f * times;
    }
}

fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Makes the columns orthogonal and of length 1 (Gram and Schmidt).
fn orthonormalize(rows: &mut [Vector]) {
    for column in 0..DIMENSIONS {
        let mut shares = [0.0_f64; DIMENSIONS];
        for row in rows.iter() {
            for (share, value) in shares[..column].iter_mut().zip(row) {
                *share += f64::from(*value) * f64::from(row[column]);
            }
        }
        let mut square = 0.0_f64;
        for row in rows.iter_mut() {
            let taken: f64 = shares[..column].iter().zip(row.iter()).map(|(s, v)| s * f64::from(*v)).sum();
            row[column] -= taken as f32;
            square += f64::from(row[column]) * f64::from(row[column]);
        }
        let length = square.sqrt().max(1e-12) as f32;
        for row in rows.iter_mut() {
            row[column] /= length;
        }
    }
}

/// For each member its cluster, by the angle to the clusters' middles.
fn kmeans(vectors: &[Vector], members: &[usize], clusters: usize, random: &mut Random) -> Vec<usize> {
    if members.is_empty() {
        return Vec::new();
    }
    let mut middles: Vec<Vector> =
        (0..clusters).map(|_| vectors[members[(random.next() % members.len() as u64) as usize]]).collect();
    let mut assigned = vec![0; members.len()];
    for _ in 0..KMEANS_STEPS {
        let mut sums = vec![[0.0; DIMENSIONS]; clusters];
        for (&member, cluster) in members.iter().zip(&mut assigned) {
            let nearness = |c: usize| dot(&vectors[member], &middles[c]);
            let mut best = (0, f32::NEG_INFINITY);
            for c in 0..clusters {
                let near = nearness(c);
                if near > best.1 {
                    best = (c, near);
                }
            }
            *cluster = best.0;
            add(&mut sums[best.0], &vectors[member], 1.0);
        }
        for (middle, sum) in middles.iter_mut().zip(&sums) {
            let length = dot(sum, sum).sqrt();
            if length > 0.0 {
                *middle = sum.map(|v| v / length);
            }
        }
    }
    assigned
}
