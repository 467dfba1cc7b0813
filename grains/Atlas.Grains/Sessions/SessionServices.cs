using Atlas.Grains.Hosting;
using Atlas.Grains.Judging;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Sessions;

/// <summary>What the grains of sessions share.</summary>
internal sealed class SessionServices(
    SessionStore store,
    StoredDigests digests,
    InjectedPlaybooks injected,
    LearningNews learning,
    DatabaseFailures failures,
    LearningRules rules,
    JudgePanel judges,
    TimeProvider time,
    ILogger<SessionGrain> log)
{
    public SessionStore Store => store;

    public StoredDigests Digests => digests;

    public InjectedPlaybooks Injected => injected;

    public LearningNews Learning => learning;

    public DatabaseFailures Failures => failures;

    public LearningRules Rules => rules;

    public JudgePanel Judges => judges;

    public TimeProvider Time => time;

    public ILogger Log => log;
}
