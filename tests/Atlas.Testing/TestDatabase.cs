using System.Globalization;
using Atlas.Database;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Testing;

/// <summary>A database of a test's own, with all migrations applied, gone when the test is over.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync, LazyThreadSafetyMode.ExecutionAndPublication);

    private static int _count;

    private readonly string _name;

    private TestDatabase(string name, AtlasDatabase database)
    {
        _name = name;
        Database = database;
        DataSource = database.CreateDataSource();
    }

    /// <summary>Where it is and how to connect.</summary>
    public AtlasDatabase Database { get; }

    /// <summary>Its address, <c>postgresql://…</c>.</summary>
    public string Address => Database.Uri;

    /// <summary>Its Npgsql connection string.</summary>
    public string ConnectionString => Database.ConnectionString;

    /// <summary>A pool of connections to it, closed with it.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>A fresh database with all migrations applied.</summary>
    /// <param name="options">Pool and timeouts; null for the defaults.</param>
    public static async Task<TestDatabase> CreateAsync(AtlasDatabaseOptions? options = null) =>
        await CreateAsync(await Template.Value.ConfigureAwait(false), options).ConfigureAwait(false);

    /// <summary>A fresh database with nothing in it.</summary>
    /// <param name="options">Pool and timeouts; null for the defaults.</param>
    /// <param name="encoding">Its encoding.</param>
    public static Task<TestDatabase> CreateEmptyAsync(AtlasDatabaseOptions? options = null, string encoding = "UTF8") =>
        CreateAsync($"template0 ENCODING '{encoding}'", options);

    /// <summary>Runs a statement and returns the first value of its first row; null for none.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        var value = await command.ExecuteScalarAsync().ConfigureAwait(false);
        return value is null or DBNull ? default : (T)value;
    }

    /// <summary>Runs statements and returns how many rows they changed.</summary>
    public async Task<int> ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync().ConfigureAwait(false);
        await OnServerAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)").ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, object[] parameters)
    {
        var command = DataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static async Task<TestDatabase> CreateAsync(string template, AtlasDatabaseOptions? options)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"atlas_test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}");
        await OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name} TEMPLATE {template}").ConfigureAwait(false);
        return new TestDatabase(name, AtlasDatabase.Parse(await AddressOfAsync(name).ConfigureAwait(false), options));
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"atlas_test_{Environment.ProcessId}_template");
        await OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name} TEMPLATE template0").ConfigureAwait(false);
        await using (var dataSource = AtlasDatabase.Parse(await AddressOfAsync(name).ConfigureAwait(false)).CreateDataSource())
        {
            await MigrationRunner.ApplyAsync(dataSource).ConfigureAwait(false);
        }

        if (TestServer.IsGiven)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => OnServerAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)").GetAwaiter().GetResult();
        }

        return name;
    }

    private static async Task<string> AddressOfAsync(string database) =>
        new UriBuilder(await TestServer.AddressAsync().ConfigureAwait(false)) { Path = "/" + database }.Uri.AbsoluteUri;

    private static async Task OnServerAsync(params string[] statements)
    {
        var builder = new NpgsqlConnectionStringBuilder(AtlasDatabase.Parse(await TestServer.AddressAsync().ConfigureAwait(false)).ConnectionString)
        {
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }
}
