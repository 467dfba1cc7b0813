using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Domain.Json;
using Atlas.Grains.Telemetry;
using Atlas.Learning.Options;
using Atlas.Storage.Clustering;
using Atlas.Storage.Health;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace Atlas.Hosting.Health;

/// <summary>Checks at startup and every minute that everything this silo depends on is still there, and that the other silos learn by the
/// same rules.</summary>
/// <remarks>Findings appear in <c>/health</c>, in the metric <c>atlas.guard.findings</c> and in the log. While something is missing that
/// could cause the loss of what is learned, nothing that was learned is written.</remarks>
internal sealed partial class SiloGuard : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _database;
    private readonly SiloRules _rules;
    private readonly string _sha256;
    private readonly string _clusterId;
    private readonly string _silo;
    private readonly TimeProvider _time;
    private readonly ILogger<SiloGuard> _log;
    private readonly Meter _meter = new(AtlasTelemetry.Name);
    private ImmutableArray<GuardFinding> _findings = [];

    public SiloGuard(
        NpgsqlDataSource database, LearningRules rules, IOptions<ClusterOptions> cluster, IOptions<SiloOptions> silo, TimeProvider time, ILogger<SiloGuard> log)
    {
        (_database, _rules, _time, _log) = (database, new SiloRules(database), time, log);
        (_clusterId, _silo) = (cluster.Value.ClusterId, silo.Value.SiloName);
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, AtlasJson.Options)));
        _meter.CreateObservableGauge("atlas.guard.findings", () => Findings.Length, "{finding}", "Problems that the guard has found in what this silo depends on.");
    }

    /// <summary>Gets the current findings; empty if there are none.</summary>
    public ImmutableArray<GuardFinding> Findings
    {
        get
        {
            lock (_meter)
            {
                return _findings;
            }
        }
    }

    /// <summary>Rejects a write that could be lost.</summary>
    /// <exception cref="AtlasUnavailableException">Something is missing that could cause the loss of what is learned.</exception>
    public void Demand()
    {
        if (Findings.FirstOrDefault(finding => finding.Refuses) is { } finding)
        {
            throw new AtlasUnavailableException($"{finding.Sentence} {finding.Remedy}");
        }
    }

    /// <summary>Runs the checks now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var found = await SchemaGuard.LookAsync(_database, _time, cancellationToken).ConfigureAwait(false);
        var others = await _rules.TellAsync(_clusterId, _silo, _sha256, cancellationToken).ConfigureAwait(false);
        if (!others.IsEmpty)
        {
            found = found.Add(new GuardFinding(
                $"This silo learns by different rules from {string.Join(", ", others)}: the learning and runtime_safety blocks of their configurations differ.",
                "Give all silos the same configuration with `atlas restart --config FILE`.",
                Refuses: false));
        }

        ImmutableArray<GuardFinding> before;
        lock (_meter)
        {
            (before, _findings) = (_findings, found);
        }

        foreach (var finding in found.Except(before))
        {
            Wrong(_log, finding.Sentence, finding.Remedy);
        }

        foreach (var finding in before.Except(found))
        {
            RightAgain(_log, finding.Sentence);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _rules.ForgetAsync(_clusterId, _silo, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // There may be no time left to stop in. The other silos disregard its row after a while.
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, _time);
        do
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                // Another check reports that the database is unreachable. The findings stay until the next successful look.
                NotLooked(_log, failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(1195, LogLevel.Error, "{Sentence} {Remedy}")]
    private static partial void Wrong(ILogger logger, string sentence, string remedy);

    [LoggerMessage(1196, LogLevel.Information, "No longer a problem: {Sentence}")]
    private static partial void RightAgain(ILogger logger, string sentence);

    [LoggerMessage(1197, LogLevel.Debug, "The guard could not check the database.")]
    private static partial void NotLooked(ILogger logger, Exception failure);
}
