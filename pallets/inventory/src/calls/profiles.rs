//! Match profiles: proposed by one side, signed by the other.

use crate::{
    store::{Form, Kept},
    BillingOf, Config, Error, Event, InventoryTerms, OpenProposals, Pallet, Proposals, ProposedProfile,
    Relation, RelationsOf, Rematching, Runs, States,
};
use frame_support::{dispatch::DispatchResult, ensure, traits::Get};
use interclear_billing::inventory::uncompared;
use interclear_matching::{adopt, BlindRecord, Profile, State, Store};
use interclear_ports::{one_less, Operators};
use interclear_primitives::operator::Role;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_propose_profile(
        who: &T::AccountId,
        relation: Relation,
        profile: Profile,
        billing: Option<InventoryTerms>,
    ) -> DispatchResult {
        let by = Self::side_with(who, Role::Commercial, &relation)?;
        ensure!(relation.buyer != relation.seller, Error::<T>::SameOperator);
        let active = [relation.buyer, relation.seller].map(T::Operators::is_active);
        ensure!(active == [true; 2], Error::<T>::OperatorNotActive);
        ensure!(
            !relation.class.is_empty() && relation.class.is_normal(),
            Error::<T>::InvalidClass
        );
        profile.check().map_err(|_| Error::<T>::InvalidProfile)?;
        Self::ensure_same_form(&relation, &profile)?;
        ensure!(
            billing
                .as_ref()
                .is_none_or(|terms| Self::are_terms(&relation, terms)),
            Error::<T>::InvalidTerms
        );
        Self::ensure_bills(&relation, &profile, billing.as_ref())?;
        let version = Self::version_in_force(&relation).saturating_add(1);
        ensure!(profile.version == version, Error::<T>::OtherVersion);
        Self::remove_proposal(&relation);
        let operator = relation.operator(by);
        let open = OpenProposals::<T>::get(operator).saturating_add(1);
        ensure!(open <= T::MaxProposals::get(), Error::<T>::MaxProposalsExceeded);
        OpenProposals::<T>::insert(operator, open);
        Proposals::<T>::insert(relation, ProposedProfile { by, profile, billing });
        for operator in [relation.buyer, relation.seller] {
            RelationsOf::<T>::insert(operator, relation, ());
        }
        Self::deposit_event(Event::ProfileProposed {
            relation,
            by,
            version,
        });
        Ok(())
    }

    pub(crate) fn do_sign_profile(
        who: &T::AccountId,
        relation: Relation,
        profile: Profile,
        billing: Option<InventoryTerms>,
    ) -> DispatchResult {
        let side = Self::side_with(who, Role::Commercial, &relation)?;
        let proposal = Proposals::<T>::get(relation).ok_or(Error::<T>::ProposalNotFound)?;
        ensure!(proposal.by != side, Error::<T>::AlreadySigned);
        // What is signed is what the signer has seen, not what stands there by now.
        ensure!(
            proposal.profile == profile && proposal.billing == billing,
            Error::<T>::OtherProfile
        );
        ensure!(!Runs::<T>::contains_key(relation), Error::<T>::BillingRuns);
        Self::ensure_bills(&relation, &profile, billing.as_ref())?;
        match profile.blind {
            None => Self::adopt_in(Kept::<T>::of(relation), relation, &profile)?,
            Some(_) => Self::adopt_in(Kept::<T, BlindRecord>::new(relation), relation, &profile)?,
        }
        if let Some(billing) = billing {
            BillingOf::<T>::insert(relation, billing);
        }
        Self::remove_proposal(&relation);
        Self::deposit_event(Event::ProfileSigned {
            relation,
            version: profile.version,
        });
        Ok(())
    }

    pub(crate) fn do_withdraw_profile(who: &T::AccountId, relation: Relation) -> DispatchResult {
        let operator = T::Operators::ensure_role(who, Role::Commercial)?;
        let side = relation.side_of(operator).ok_or(Error::<T>::NotAParty)?;
        let proposal = Proposals::<T>::get(relation).ok_or(Error::<T>::ProposalNotFound)?;
        ensure!(proposal.by == side, Error::<T>::NotProposer);
        Self::remove_proposal(&relation);
        if !States::<T>::contains_key(relation) {
            for operator in [relation.buyer, relation.seller] {
                RelationsOf::<T>::remove(operator, relation);
            }
        }
        Self::deposit_event(Event::ProfileWithdrawn { relation });
        Ok(())
    }

    fn adopt_in<R: Form<T>>(mut kept: Kept<T, R>, relation: Relation, profile: &Profile) -> DispatchResult {
        adopt(&mut kept, profile).map_err(Error::<T>::from)?;
        if kept.state().rematch.is_some() {
            Rematching::<T>::insert(relation, ());
        }
        kept.close();
        Ok(())
    }

    /// Tags are not matched with values, so a relation stays what its first profile makes it. A proposal stands only for the next
    /// version, so what holds when it is made holds when it is signed.
    fn ensure_same_form(relation: &Relation, profile: &Profile) -> DispatchResult {
        ensure!(
            Self::is_blind(relation).is_none_or(|blind| blind == profile.blind.is_some()),
            Error::<T>::OtherForm
        );
        Ok(())
    }

    /// What matches by a profile bills as soon as there are terms: what is billed must then be compared.
    fn ensure_bills(
        relation: &Relation,
        profile: &Profile,
        billing: Option<&InventoryTerms>,
    ) -> DispatchResult {
        let bills = billing.is_some() || BillingOf::<T>::contains_key(relation);
        ensure!(!bills || profile.blind.is_none(), Error::<T>::BlindNotBilled);
        ensure!(
            !bills || uncompared(profile).is_none(),
            Error::<T>::FieldNotCompared
        );
        Ok(())
    }

    /// Removes what is proposed, which counts for who has proposed it.
    fn remove_proposal(relation: &Relation) {
        if let Some(proposal) = Proposals::<T>::take(relation) {
            OpenProposals::<T>::mutate_exists(relation.operator(proposal.by), one_less);
        }
    }

    /// The version that both have signed; 0 before the first one.
    fn version_in_force(relation: &Relation) -> u32 {
        States::<T>::get(relation).map_or(0, |state: State| state.profile.version)
    }
}
