//! Nothing is done in idle time: what goes makes room in the call that needs it.
