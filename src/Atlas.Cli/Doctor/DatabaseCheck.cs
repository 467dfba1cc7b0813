using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Queries;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the database: whether it answers, and whether it has all tables.</summary>
internal sealed class DatabaseCheck(CommandContext context) : ICheck
{
    private const string Name = "database";

    private const int MostFaults = 5;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        if (new DatabaseHost(context).Find() is not { } record)
        {
            return [Finding.Warning(Name, "none has been set up here", "Start one: atlas up --detach.")];
        }

        await using var source = AtlasQueries.Of(DatabaseAccess.Parse(record.ConnectionString));
        var health = await source.HealthAsync(cancellation);
        var found = $"{record.Address.DisplayName}: {health.Description}";
        return health switch
        {
            { Healthy: true } => [Finding.Ok(Name, found), .. await GuardAsync(source, cancellation), .. await FaultsAsync(source, cancellation)],
            { ServerVersion: null } => [Finding.Problem(
                Name, health.Description, record.Private ? "Start it: atlas up --detach." : health.Remedy ?? "Name another database.")],
            _ => [Finding.Problem(Name, found, "Start a silo, which updates the tables: atlas up --detach.")],
        };
    }

    private static async Task<IEnumerable<Finding>> GuardAsync(AtlasQueries source, CancellationToken cancellation) =>
        (await source.GuardAsync(cancellation)).Select(finding => Finding.Problem(Name, finding.Sentence, finding.Remedy));

    /// <summary>Returns failures of Atlas itself that silos have recorded and nobody has settled yet.</summary>
    private static async Task<IReadOnlyList<Finding>> FaultsAsync(AtlasQueries source, CancellationToken cancellation)
    {
        var faults = await source.Faults.OpenAsync(MostFaults, cancellation);
        var findings = faults.Select(fault => Finding.Warning(
            "sessions",
            FormattableString.Invariant(
                $"an error in the {fault.Stage} of session {fault.SessionId} ({fault.LearningKey ?? "no learning key"}), {fault.Times} times, last at {fault.LastAt.UtcDateTime:yyyy-MM-dd HH:mm}Z: {fault.Fault}"),
            fault.Stage is "counting"
                ? "The session is stored, and Atlas tries again. The silo's log has the full error; please report it."
                : FormattableString.Invariant(
                    $"The session is stored, but needs a review: atlas review approve {fault.SessionId}. The silo's log has the full error; please report it."))).ToList();
        if (!faults.IsEmpty && faults[0].Of > faults.Length)
        {
            findings.Add(Finding.Warning("sessions", FormattableString.Invariant($"and {faults[0].Of - faults.Length} more"), null));
        }

        return findings;
    }
}
