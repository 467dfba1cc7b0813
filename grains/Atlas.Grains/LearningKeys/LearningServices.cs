using Atlas.Grains.Hosting;
using Atlas.Grains.Leases;
using Atlas.Grains.Synthesis;
using Atlas.Learning.Options;
using Atlas.Models.Synthesis;
using Atlas.Storage.Sessions;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Atlas.Grains.LearningKeys;

/// <summary>What the grains of learning keys share.</summary>
internal sealed class LearningServices(
    LearningRules rules,
    TimeProvider time,
    SessionStandings standings,
    PlaybookArchive archive,
    ImportedRegistry imported,
    SessionStore sessions,
    EvidenceSource evidence,
    ISynthesizer synthesizer,
    ReadLease lease,
    ISiloStatusOracle silos,
    ILogger<LearningKeyGrain> log)
{
    public LearningOptions Learning => rules.Learning;

    public RuntimeSafetyOptions Safety => rules.Safety;

    public TimeProvider Time => time;

    public SessionStandings Standings => standings;

    public PlaybookArchive Archive => archive;

    public ImportedRegistry Imported => imported;

    public SessionStore Sessions => sessions;

    public EvidenceSource Evidence => evidence;

    public ISynthesizer Synthesizer => synthesizer;

    public ReadLease Lease => lease;

    /// <summary>Whether another silo is there to take over.</summary>
    public bool OthersServe => silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Any(silo => !silo.Equals(silos.SiloAddress));

    public ILogger Log => log;
}
