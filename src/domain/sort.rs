//! Sorting with one copy of the algorithm: the lists of the first page would otherwise have one each, for no gain at their
//! sizes.

use std::cmp::Ordering;

/// Sorts a list; equal items keep their order.
pub fn sort<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let items: Vec<T> = std::mem::take(list);
    let order = sorted(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    list.extend(order.into_iter().filter_map(|index| items.get_mut(index).and_then(Option::take)));
}

/// The numbers below `length` in the order that `compare` gives them.
fn sorted(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn equal_items_keep_their_order() {
        let mut list = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort(&mut list, |a, b| a.0.cmp(&b.0));
        assert_eq!(list, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_appears() {
        let mut list: Vec<u32> = (0..500).map(|n| (n * 7919) % 1000).collect();
        let mut other = list.clone();
        sort(&mut list, u32::cmp);
        other.sort_unstable();
        assert_eq!(list, other);
    }
}
