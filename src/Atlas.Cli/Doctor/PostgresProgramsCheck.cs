using Atlas.Cli.Invocation;
using Atlas.Postgres;

namespace Atlas.Cli.Doctor;

/// <summary>Checks the PostgreSQL server programs that a private database needs.</summary>
internal sealed class PostgresProgramsCheck(CommandContext context) : ICheck
{
    private const string Name = "PostgreSQL programs";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return [Finding.Ok(Name, await InstalledPostgres.DescribeAsync(cancellation))];
        }
        catch (PostgresNotInstalledException missing)
        {
            return
            [
                context.Caller.DatabaseUrl is null
                    ? Finding.Problem(Name, "not installed", missing.Message)
                    : Finding.Ok(Name, $"not installed, and not needed with {CallerSettings.DatabaseVariable}"),
            ];
        }
    }
}
