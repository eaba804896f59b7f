//! How the tasks of the transaction pool end.

use futures::{
    future::{pending, BoxFuture},
    FutureExt,
};
use sc_service::SpawnEssentialTaskHandle;
use sp_core::traits::SpawnEssentialNamed;

/// Spawns tasks that end by themselves only when what they listen to is gone, because the node is being stopped: they are not what
/// has failed then. A panic of theirs still stops the node, and is told.
#[derive(Clone)]
pub struct ToTheEnd(pub SpawnEssentialTaskHandle);

impl SpawnEssentialNamed for ToTheEnd {
    fn spawn_essential_blocking(
        &self,
        name: &'static str,
        group: Option<&'static str>,
        future: BoxFuture<'static, ()>,
    ) {
        let future = future.then(|()| pending()).boxed();
        self.0.spawn_essential_blocking(name, group, future);
    }

    fn spawn_essential(
        &self,
        name: &'static str,
        group: Option<&'static str>,
        future: BoxFuture<'static, ()>,
    ) {
        let future = future.then(|()| pending()).boxed();
        self.0.spawn_essential(name, group, future);
    }
}
