//! Benchmarks: each call in its worst case.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up must stop"
)]

use crate::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
    traits::fungibles::{Inspect, Mutate, MutateHold},
    BoundedVec,
};
use frame_system::RawOrigin;
use interclear_ports::{Agreements, Clock, Debt, Obligations, Operators, Periods};
use interclear_primitives::{
    agreement::{Direction, Flow, Prepaid, ServiceGroup, Terms},
    escrow::{Escrow, StandingOffer},
    ids::{AgreementId, CycleId, ObligationId, OperatorId, TokenId},
    money::{Currency, Value},
    netting::ObligationSource,
    period::Period,
    samples,
    service::Service,
    tadig::Tadig,
    voucher::Voucher,
    Moment,
};

/// The token that is issued for benchmarks.
const TOKEN: TokenId = 700;
const CLOCK: Moment = 1_800_000_000;
const FUNDS: u128 = 1_000_000_000_000;

/// Opens an escrow on the payout account of its home party.
pub(crate) fn open<T: Config>(agreement: AgreementId, direction: Direction, held: u128) {
    let parties = T::Agreements::parties(agreement).expect("it is in force; qed");
    let [home, visited] = direction.home_and_visited(parties);
    if !T::Tokens::asset_exists(TOKEN) {
        T::Obligations::benchmark_issue(Currency::EUR, visited);
    }
    let account = T::Operators::payout_account(home).expect("it was admitted; qed");
    hold::<T>(agreement, direction, account, held);
    // So many that another debt finds some of them behind it.
    unpaid::<T>(agreement, direction);
}

fn hold<T: Config>(agreement: AgreementId, direction: Direction, account: T::AccountId, held: u128) {
    T::Tokens::mint_into(TOKEN, &account, FUNDS).expect("the token exists; qed");
    T::Holds::hold(TOKEN, &HoldReason::Escrow.into(), &account, held).expect("it has them; qed");
    Escrows::<T>::insert(agreement, direction, escrow(TOKEN, account, held));
}

fn escrow<AccountId>(token: TokenId, account: AccountId, held: u128) -> Escrow<AccountId> {
    Escrow {
        token,
        currency: Currency::EUR,
        decimals: 2,
        account,
        held,
        reserved: 0,
        unpaid: 0,
        tried: None,
        from: Period(0),
    }
}

/// A debt of the home party's that the escrow could not pay and that waits for a cycle.
fn owe<T: Config>(agreement: AgreementId, amount: u128) -> ObligationId {
    let [debtor, creditor] = T::Agreements::parties(agreement).unwrap();
    let debt = T::Obligations::create(Debt {
        debtor,
        creditor,
        currency: Currency::EUR,
        amount: Value::from_unsigned(amount).unwrap(),
        due: CLOCK,
        source: ObligationSource::Carried { cycle: CycleId(0) },
        accepts: BoundedVec::truncate_from(alloc::vec![creditor]),
        late_interest_bps: 800,
        gives_back: None,
        condition: Default::default(),
    })
    .unwrap();
    let key = (agreement, Direction::FirstHome);
    Pallet::<T>::remember_unpaid(key, Period::containing(CLOCK), debt);
    debt
}

/// As if an escrow of the direction that is looked at last could not pay a debt, whether there is such an agreement or not.
pub(crate) fn hold_for<T: Config>(agreement: AgreementId, debt: ObligationId, token: TokenId, held: u128) {
    let key = (agreement, Direction::SecondHome);
    Escrows::<T>::insert(key.0, key.1, escrow(token, desk::<T>(0), held));
    Unpaid::<T>::insert(key, debt, 0);
}

/// As many debts as one visit looks at, which are not kept any more.
fn unpaid<T: Config>(agreement: AgreementId, direction: Direction) {
    for n in 0..MAX_LOOKS {
        Unpaid::<T>::insert((agreement, direction), ObligationId(u64::MAX - u64::from(n)), 0);
    }
    Escrows::<T>::mutate(agreement, direction, |escrow| {
        escrow.as_mut().unwrap().unpaid = MAX_LOOKS
    });
}

fn desk<T: Config>(number: u32) -> T::AccountId {
    account("desk", number, 0)
}

/// Two operators, the first one with a desk, and terms between them by which it pays ahead.
fn terms<T: Config>(first: T::AccountId) -> ([OperatorId; 2], Terms) {
    T::Clock::benchmark_set_now(CLOCK);
    let home = T::Operators::benchmark_admit(first, samples::FIRST);
    let visited = T::Operators::benchmark_admit(desk::<T>(1), samples::SECOND);
    let month = Period::containing(CLOCK);
    let mut terms: Terms = samples::terms(month, month);
    for line in terms.directions[0]
        .groups
        .iter_mut()
        .flat_map(|group| group.lines.iter_mut())
    {
        line.flow = Flow::Files;
    }
    terms.usage.prepaid[0] = Some(Prepaid { floor: 1 });
    terms.accepts[1] = BoundedVec::truncate_from(alloc::vec![visited]);
    ([home, visited], terms)
}

/// As many lines as a direction can have, each as long as it can be, in groups of these networks.
fn lines(group: impl Fn(u32) -> [Vec<Tadig>; 2]) -> Vec<ServiceGroup> {
    let all = Service::ALL.iter().take(16);
    let lines: Vec<_> = all.map(|service| samples::largest_line(*service)).collect();
    let of = |number| {
        let [home, visited] = group(number);
        ServiceGroup {
            home: BoundedVec::truncate_from(home),
            visited: BoundedVec::truncate_from(visited),
            lines: BoundedVec::truncate_from(lines.clone()),
        }
    };
    (0..8).map(of).collect()
}

/// A prepaid direction and its escrow, under terms that take long to read.
fn prepaid<T: Config>(first: T::AccountId) -> AgreementId {
    let (parties, mut terms) = terms::<T>(first);
    let [first, second] = [0u32, 8].map(|home| {
        let pair = |number: u32| {
            [number + home, number + 8 - home].map(|network| alloc::vec![samples::tadig(network)])
        };
        BoundedVec::truncate_from(lines(pair))
    });
    terms.directions[0].groups = first;
    terms.directions[1].groups = second;
    let agreement = T::Agreements::benchmark_activate(parties, terms);
    open::<T>(agreement, Direction::FirstHome, FUNDS / 2);
    agreement
}

/// The same terms, offered by the second one to whoever accepts them.
fn offer<T: Config>() -> StandingOffer {
    let ([_, visited], terms) = terms::<T>(desk::<T>(0));
    T::Obligations::benchmark_issue(Currency::EUR, visited);
    StandingOffer {
        terms: StandingOffer::open(terms),
        token: TOKEN,
        deposit: 1,
        until: CLOCK,
        uses: 2,
    }
}

/// With terms as large as can be. Whether they could be concluded is asked when they are accepted.
fn largest<T: Config>() -> StandingOffer {
    let mut offer = offer::<T>();
    let networks: Vec<_> = (0..32).map(samples::tadig).collect();
    let [first, second] = &mut offer.terms.directions;
    first.groups = BoundedVec::truncate_from(lines(|_| [Vec::new(), networks.clone()]));
    second.groups = BoundedVec::truncate_from(lines(|_| [networks.clone(), Vec::new()]));
    offer
}

#[benchmarks]
mod benches {
    use super::*;

    /// From another account than the one that holds it, beside as many debts as one visit glances at, each of which is more than is held.
    /// The looks come on top.
    #[benchmark]
    fn deposit() {
        let agreement = prepaid::<T>(desk::<T>(0));
        let other: T::AccountId = account("other", 0, 0);
        T::Tokens::mint_into(TOKEN, &other, FUNDS).expect("the token exists; qed");
        Escrows::<T>::remove(agreement, Direction::FirstHome);
        let _ = Unpaid::<T>::clear_prefix((agreement, Direction::FirstHome), MAX_LOOKS, None);
        hold::<T>(agreement, Direction::FirstHome, other, FUNDS / 2);
        (0..MAX_LOOKS).for_each(|_| {
            owe::<T>(agreement, FUNDS);
        });
        T::Tokens::mint_into(TOKEN, &desk::<T>(0), FUNDS).expect("the token exists; qed");

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(0)), agreement, TOKEN, FUNDS / 4);

        let escrow = Escrows::<T>::get(agreement, Direction::FirstHome).unwrap();
        assert_eq!((escrow.held, escrow.unpaid), (FUNDS / 2 + FUNDS / 4, MAX_LOOKS));
    }

    #[benchmark]
    fn release() {
        let agreement = prepaid::<T>(desk::<T>(0));

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(1)), agreement, FUNDS / 4);

        let held = Escrows::<T>::get(agreement, Direction::FirstHome).unwrap().held;
        assert_eq!(held, FUNDS / 4);
    }

    /// Long after the end, with as many debts as one call looks at, all of which are paid. The looks come on top.
    #[benchmark]
    fn refund() {
        let agreement = prepaid::<T>(desk::<T>(0));
        let month = Period::containing(CLOCK);
        T::Periods::benchmark_close(agreement, month);
        T::Clock::benchmark_set_now(month.plus(36).end());

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(0)), agreement);

        assert!(!Escrows::<T>::contains_key(agreement, Direction::FirstHome));
    }

    #[benchmark]
    fn publish_offer() {
        let offer = largest::<T>();

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(1)), 0, alloc::boxed::Box::new(offer));

        assert_eq!(Offers::<T>::iter().count(), 1);
    }

    #[benchmark]
    fn withdraw_offer() {
        let offer = largest::<T>();
        Pallet::<T>::do_publish_offer(&desk::<T>(1), 0, offer).unwrap();

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(1)), 0);

        assert_eq!(Offers::<T>::iter().count(), 0);
    }

    /// What reading the largest offer, and concluding it, weighs comes on top.
    #[benchmark]
    fn accept_offer() {
        let offer = offer::<T>();
        let digest = offer.digest();
        Pallet::<T>::do_publish_offer(&desk::<T>(1), 0, offer).unwrap();
        let by = T::Operators::desk(&desk::<T>(1)).unwrap().operator;
        let networks = BoundedVec::truncate_from(alloc::vec![samples::FIRST]);
        T::Tokens::mint_into(TOKEN, &desk::<T>(0), FUNDS).unwrap();

        #[extrinsic_call]
        _(
            RawOrigin::Signed(desk::<T>(0)),
            by,
            0,
            digest,
            networks,
            FUNDS / 4,
        );

        assert_eq!(Escrows::<T>::iter().count(), 1);
    }

    /// With a signature of the kind that takes longest to check, in the brackets of a wallet, so that nothing is left.
    #[benchmark]
    fn redeem() {
        let signer = T::BenchmarkHelper::signer();
        let agreement = prepaid::<T>(signer.clone());
        let voucher = Voucher {
            agreement,
            direction: Direction::FirstHome,
            period: Period::containing(CLOCK),
            amount: FUNDS,
            number: 1,
        };
        let [_, bracketed] = Pallet::<T>::signable(&voucher);
        let signature = T::BenchmarkHelper::sign(&signer, &bracketed);

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(1)), voucher, signer, signature);

        let held = Escrows::<T>::get(agreement, Direction::FirstHome).unwrap().held;
        assert_eq!(held, 0);
    }

    /// One that waits for a cycle, of which its debtor adds a part from another account than the one that holds the rest. The looks come on
    /// top.
    #[benchmark]
    fn pay_debt() {
        let agreement = prepaid::<T>(desk::<T>(0));
        hold::<T>(agreement, Direction::FirstHome, account("other", 0, 0), FUNDS / 4);
        let debt = owe::<T>(agreement, FUNDS / 2);

        #[extrinsic_call]
        _(RawOrigin::Signed(desk::<T>(0)), agreement, debt);

        let escrow = Escrows::<T>::get(agreement, Direction::FirstHome).unwrap();
        assert_eq!((escrow.held, escrow.unpaid), (0, 0));
        // Half of what it had is on hold still.
        let left = T::Tokens::balance(TOKEN, &desk::<T>(0));
        assert_eq!(left, FUNDS / 4);
    }
}
