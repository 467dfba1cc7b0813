using Atlas.Grains.Calls;
using Atlas.Grains.Delivery;
using Atlas.Grains.Intake;
using Atlas.Grains.Judging;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Options;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Sessions;

/// <summary>The services that the grains of sessions share.</summary>
internal sealed class SessionServices(
    SessionStore store,
    SessionIntake intake,
    StoredDigests digests,
    InjectedPlaybooks injected,
    LearningNews learning,
    FailureTranslation failures,
    CompletionFaults faults,
    LearningRules rules,
    JudgePanel judges,
    TimeProvider time,
    ILogger<SessionGrain> log)
{
    public SessionStore Store => store;

    public SessionIntake Intake => intake;

    public StoredDigests Digests => digests;

    public InjectedPlaybooks Injected => injected;

    public LearningNews Learning => learning;

    public FailureTranslation Failures => failures;

    public CompletionFaults Faults => faults;

    public LearningRules Rules => rules;

    public JudgePanel Judges => judges;

    public TimeProvider Time => time;

    public ILogger Log => log;
}
