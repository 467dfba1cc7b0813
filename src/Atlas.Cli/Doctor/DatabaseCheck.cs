using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Storage.Health;

namespace Atlas.Cli.Doctor;

/// <summary>The database: whether it answers, and whether it has all tables.</summary>
internal sealed class DatabaseCheck(CommandContext context) : ICheck
{
    private const string Name = "database";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        if (new DatabaseHost(context).Find() is not { } record)
        {
            return [Finding.Warning(Name, "none has been set up here", "Start one: atlas up --detach.")];
        }

        await using var source = DatabaseAccess.Parse(record.ConnectionString).CreateDataSource();
        var health = await DatabaseHealth.CheckAsync(source, cancellation);
        var found = $"{record.Address.DisplayName}: {health.Description}";
        return health switch
        {
            { Healthy: true } => [Finding.Ok(Name, found)],
            { ServerVersion: null } => [Finding.Problem(
                Name, found, record.Private ? "Start it: atlas up --detach." : "Start that server, or name another one.")],
            _ => [Finding.Problem(Name, found, "Start a silo, which brings the tables up to date: atlas up --detach.")],
        };
    }
}
