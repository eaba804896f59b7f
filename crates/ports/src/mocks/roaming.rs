//! Two operators that roam with each other, and a third, for tests of usage.

use super::{reset, AccountId, MockAgreements, MockClock, MockOperators};
use interclear_primitives::{
    agreement::Terms,
    ids::{AgreementId, OperatorId},
    operator::{OperatorKind, Role},
    period::Period,
    report::PairMonth,
    tadig::Tadig,
    DAY,
};

/// The home operator, its network and its desks.
pub const HOME: OperatorId = OperatorId(1);
/// See [`HOME`].
pub const HOME_NET: Tadig = Tadig(*b"DEUHO");
/// May do clearing.
pub const HOME_DESK: AccountId = 10;
/// May do everything but clearing.
pub const HOME_COMMERCIAL: AccountId = 11;
/// The visited operator, its network and its desks.
pub const VISITED: OperatorId = OperatorId(2);
/// See [`VISITED`].
pub const VISITED_NET: Tadig = Tadig(*b"FRAVI");
/// May do clearing.
pub const VISITED_DESK: AccountId = 20;
/// May do everything but clearing.
pub const VISITED_COMMERCIAL: AccountId = 21;
/// Of an operator without an agreement.
pub const THIRD_NET: Tadig = Tadig(*b"ESPTH");
/// See [`THIRD_NET`].
pub const THIRD_DESK: AccountId = 30;
/// Not a desk.
pub const STRANGER: AccountId = 99;

/// Between the home and the visited operator.
pub const AGREEMENT: AgreementId = AgreementId(7);
/// A month that is over, and not closed.
pub const OCTOBER: Period = Period(202_610);
/// The month that runs.
pub const NOVEMBER: Period = Period(202_611);

/// The home operator's subscribers at the visited operator in October.
pub const PAIR: PairMonth = PairMonth {
    visited: VISITED_NET,
    home: HOME_NET,
    period: OCTOBER,
};

/// Empties all tables, on the 21st of November.
pub fn nobody() {
    reset();
    MockClock::set(NOVEMBER.start() + 20 * DAY);
}

/// All of them, with an agreement.
pub fn everybody(terms: Terms) {
    nobody();
    for (operator, tadig, desk) in [
        (HOME, HOME_NET, HOME_DESK),
        (VISITED, VISITED_NET, VISITED_DESK),
        (OperatorId(3), THIRD_NET, THIRD_DESK),
    ] {
        MockOperators::admit(operator, &[OperatorKind::Mobile], &[tadig]);
        MockOperators::add_desk(desk, operator, &[Role::Clearing]);
        let others = [Role::Commercial, Role::Admin, Role::Treasury];
        MockOperators::add_desk(desk + 1, operator, &others);
    }
    MockAgreements::activate(AGREEMENT, [HOME, VISITED], terms);
}
