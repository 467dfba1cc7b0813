using Atlas.Grains.Alerts;
using Atlas.Grains.Calls;
using Atlas.Grains.Copies;
using Atlas.Grains.Intake;
using Atlas.Grains.Leases;
using Atlas.Grains.Meaning;
using Atlas.Grains.Playbooks;
using Atlas.Grains.Spending;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Options;
using Atlas.Models.Synthesis;
using Atlas.Storage.Forgetting;
using Atlas.Storage.Learning;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Atlas.Grains.LearningKeys;

/// <summary>The services that the grains of learning keys share.</summary>
internal sealed class LearningServices(
    LearningRules rules,
    TimeProvider time,
    SessionStandings standings,
    PlaybookArchive archive,
    ImportedRegistry imported,
    SessionStore sessions,
    SessionIntake intake,
    LearningStateStamp stamp,
    EvidenceSource evidence,
    ForgettingStore forgetting,
    EntryMeanings meanings,
    ISynthesizer synthesizer,
    NamedSynthesizers synthesizers,
    ModelSpending spending,
    IEnumerable<IPlaybookGuard> guards,
    ReadLease lease,
    FailureTranslation failures,
    IKeyAlerts alerts,
    ISiloStatusOracle silos,
    PlaybookCopyClient copyHolders,
    ILogger<LearningKeyGrain> log)
{
    public LearningOptions Learning => rules.Learning;

    public RuntimeSafetyOptions Safety => rules.Safety;

    public TimeProvider Time => time;

    public SessionStandings Standings => standings;

    public PlaybookArchive Archive => archive;

    public ImportedRegistry Imported => imported;

    public SessionStore Sessions => sessions;

    public SessionIntake Intake => intake;

    public LearningStateStamp Stamp => stamp;

    public EvidenceSource Evidence => evidence;

    public ForgettingStore Forgetting => forgetting;

    public EntryMeanings Meanings => meanings;

    public ISynthesizer Synthesizer { get; } = GuardedSynthesizer.Of(synthesizer, guards);

    /// <summary>The synthesizers that an experiment can name.</summary>
    public NamedSynthesizers Synthesizers => synthesizers;

    public ModelSpending Spending => spending;

    public ReadLease Lease => lease;

    public FailureTranslation Failures => failures;

    public IKeyAlerts Alerts => alerts;

    /// <summary>Whether there is another silo to take over.</summary>
    public bool OthersServe => silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Any(silo => !silo.Equals(silos.SiloAddress));

    public PlaybookCopyClient CopyHolders => copyHolders;

    /// <summary>The silos that serve, with this one.</summary>
    public IEnumerable<SiloAddress> Serving => silos.GetApproximateSiloStatuses(onlyActive: true).Keys;

    public ILogger Log => log;
}
