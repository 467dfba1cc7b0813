using Atlas.Grains.Hosting;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>What the grains of sessions share.</summary>
internal sealed class SessionServices(
    SessionStore store, StoredDigests digests, InjectedPlaybooks injected, LearningNews learning, DatabaseFailures failures, LearningRules rules, TimeProvider time)
{
    public SessionStore Store => store;

    public StoredDigests Digests => digests;

    public InjectedPlaybooks Injected => injected;

    public LearningNews Learning => learning;

    public DatabaseFailures Failures => failures;

    public LearningRules Rules => rules;

    public TimeProvider Time => time;
}
