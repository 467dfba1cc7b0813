using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Database;
using Npgsql;
using Xunit;

namespace Atlas.Cli.Tests.Up;

/// <summary>Who works as whom on the private server of a workspace.</summary>
[Collection(SharedSilo.Name)]
public sealed class PrivateRolesTests(RunningWorkspace running)
{
    [Theory]
    [InlineData("COPY (SELECT 1) TO PROGRAM 'id > /tmp/atlas-was-here'")]
    [InlineData("SELECT pg_read_file('/etc/passwd')")]
    [InlineData("SELECT * FROM sessions")]
    [InlineData("SELECT payload FROM orleans.grain_state")]
    [InlineData("DELETE FROM trajectory_events")]
    [InlineData("SELECT orleans.drop_event_partition('trajectory_events_rest', '{}')")]
    [InlineData("CREATE TABLE public.mine (id int)")]
    [InlineData("ALTER ROLE atlas_client_login SUPERUSER")]
    [InlineData("SET ROLE atlas_owner")]
    public async Task What_an_application_finds_in_the_workspace_opens_neither_the_machine_nor_a_session(string statement)
    {
        var address = Recorded();
        Assert.Contains("atlas_client_login", address, StringComparison.Ordinal);
        await using var source = AtlasDatabase.Parse(address).CreateDataSource();
        Assert.True(await ScalarAsync<long>(source, "SELECT count(*) FROM orleans.cluster_member") > 0);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync<object>(source, statement));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Silos_work_with_a_login_of_their_own_commands_as_the_owner_and_nobody_as_the_superuser()
    {
        await using var owner = await running.Workspace.DatabaseAsync();

        Assert.Equal("atlas_owner", await ScalarAsync<string>(owner, "SELECT current_user::text"));
        Assert.True(await ScalarAsync<bool>(owner, "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE usename = 'atlas_silo_login')"));
        Assert.Equal(
            0,
            await ScalarAsync<long>(owner, "SELECT count(*) FROM pg_stat_activity a JOIN pg_roles r ON r.rolname = a.usename WHERE r.rolsuper AND a.datname = current_database()"));
        Assert.False(await ScalarAsync<bool>(owner, "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"));
    }

    [Fact]
    public void Passwords_and_logs_are_nobody_elses_to_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var home = running.Workspace.Home;
        var files = Directory.EnumerateFiles(Path.Combine(home, "postgres"), "password*").Concat(Directory.EnumerateFiles(Path.Combine(home, "logs"))).Append(Path.Combine(home, "database.json")).ToList();

        Assert.True(files.Count >= 7, string.Join(' ', files));
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private string Recorded() =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(running.Workspace.Home, "database.json"))).GetProperty("connection_string").GetString()!;

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
