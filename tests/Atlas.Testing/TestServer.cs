using System.Globalization;
using Atlas.Database;
using Atlas.Postgres;

namespace Atlas.Testing;

/// <summary>The PostgreSQL that the tests of one process use: the one of <c>ATLAS_TEST_DATABASE_URL</c>, or a private one that
/// is started at the first use and stopped with the process.</summary>
public static class TestServer
{
    private const string Variable = "ATLAS_TEST_DATABASE_URL";

    private static readonly Lazy<Task<string>> Started = new(StartAsync, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Whether the server was given, and so outlives the tests.</summary>
    public static bool IsGiven => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The address of a database on the server in which others can be created.</summary>
    public static Task<string> AddressAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        if (IsGiven)
        {
            return AtlasDatabase.Parse(Environment.GetEnvironmentVariable(Variable)).Uri;
        }

        SweepLeftovers();
        var directory = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"atlas-test-{Environment.ProcessId}"));
        var server = new PrivatePostgres(new PrivatePostgresOptions
        {
            Directory = directory,
            Settings = Settings.NotDurable,
        });
        var status = await server.StartAsync().ConfigureAwait(false);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(server, directory);
        return status.Address!;
    }

    /// <summary>Stops and removes the servers of test runs that were killed.</summary>
    private static void SweepLeftovers()
    {
        foreach (var directory in Directory.EnumerateDirectories(Path.GetTempPath(), "atlas-test-*"))
        {
            var suffix = Path.GetFileName(directory)["atlas-test-".Length..];
            if (int.TryParse(suffix, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Exists(process))
            {
                Remove(new PrivatePostgres(new PrivatePostgresOptions { Directory = directory }), directory);
            }
        }
    }

    private static void Remove(PrivatePostgres server, string directory)
    {
        try
        {
            server.StopAsync().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception failure) when (failure is PrivatePostgresException or IOException or UnauthorizedAccessException)
        {
            // Another test process may sweep the same directory; what remains is swept next time.
            Console.Error.WriteLine($"The test server in {directory} was not removed: {failure.Message}");
        }
    }

    private static bool Exists(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
