using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Atlas.Testing;
using Xunit;

namespace Atlas.Grains.Tests.Host;

/// <summary>The silo as the process it is: how it ends when it cannot start, and what it says.</summary>
public sealed class StartTests
{
    private static readonly string Program = typeof(StartTests).Assembly.Location.Replace("Atlas.Grains.Tests.dll", "Atlas.Silo.dll", StringComparison.Ordinal);

    [Theory]
    [InlineData(78, "Set ATLAS_DATABASE_URL", "ATLAS_DATABASE_URL", "")]
    [InlineData(78, "mysql", "ATLAS_DATABASE_URL", "mysql://localhost/atlas")]
    [InlineData(78, "Choose a number from 1 to 65535", "Atlas__Silo__Port", "0")]
    [InlineData(78, "Atlas:Silo", "Atlas__Silo__Prot", "11111")]
    [InlineData(78, "Choose grouped or adonet", "Atlas__Silo__GrainStorage", "files")]
    [InlineData(78, "Choose 0.2 to 60 seconds", "Atlas__Silo__Membership__ProbeTimeoutSeconds", "0")]
    [InlineData(78, "Choose 1 to 10 votes", "Atlas__Silo__Membership__NumVotesForDeathDeclaration", "0")]
    [InlineData(78, "Membership", "Atlas__Silo__Membership__ProbeTimeout", "1")]
    [InlineData(78, "Hosting", "Atlas__Silo__Hosting", "moon")]
    [InlineData(78, "openssl rand -hex 32", "Atlas__Silo__Address", "192.0.2.1")]
    [InlineData(78, "at least 32 random characters", "Atlas__Secret", "hunter2")]
    [InlineData(78, "Atlas:Secret is not", "Atlas__SecondSecret", "00112233445566778899aabbccddeeff")]
    [InlineData(78, "no-such-secret", "Atlas__SecretFile", "no-such-secret")]
    [InlineData(78, "at least 16 characters", "Atlas__Http__DashboardKey", "short")]
    [InlineData(78, "history_limit", "Atlas__Learning__HistoryLimit", "1000")]
    [InlineData(78, "no-such-file.yaml", "ATLAS_CONFIG", "no-such-file.yaml")]
    [InlineData(78, "ATLAS_TEST_NO_SUCH_KEY", "ATLAS_CONFIG", "model-without-key.yaml")]
    [InlineData(69, "database", "ATLAS_DATABASE_URL", "postgresql://atlas:hunter2@127.0.0.1:1/atlas")]
    public async Task A_setting_that_is_wrong_is_named_in_a_sentence(int exit, string expected, string variable, string value)
    {
        var (code, said) = await RunAsync((variable, value));

        Assert.Equal(exit, code);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_may_not_make_its_tables_says_that_they_are_missing_and_makes_none()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var (code, said) = await RunAsync(("ATLAS_DATABASE_URL", database.Address), ("Atlas__Storage__DatabaseUrl", database.Address), ("Atlas__Storage__ApplySchemaOnConnect", "false"));

        Assert.Equal(78, code);
        Assert.Contains("apply_schema_on_connect", said, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_to_change()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, said) = await RunAsync(("ATLAS_DATABASE_URL", database.Address), ("Atlas__Http__Port", port));

        Assert.Equal(71, code);
        Assert.Contains("Atlas__Http__Port", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [Program])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(AppContext.BaseDirectory, "Host"),
        };
        start.Environment["ATLAS_DATABASE_URL"] = "postgresql://atlas:hunter2@127.0.0.1:1/atlas";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var silo = Process.Start(start)!;
        var output = silo.StandardOutput.ReadToEndAsync();
        var said = await silo.StandardError.ReadToEndAsync();
        await output;
        await silo.WaitForExitAsync();
        return (silo.ExitCode, said);
    }
}
