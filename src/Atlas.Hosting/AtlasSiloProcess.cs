using System.Net.Sockets;
using Atlas.Configuration.Checking;
using Atlas.Database;
using Atlas.Models.Providers;
using Atlas.Hosting.Settings;
using Atlas.Hosting.Silo;
using Atlas.Storage.Recovery;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Atlas.Hosting;

/// <summary>Runs a silo as a process and reports in one sentence why it could not start.</summary>
public static class AtlasSiloProcess
{
    /// <summary>Builds an application and runs it until it is asked to stop.</summary>
    /// <param name="build">Builds the application.</param>
    /// <returns>The exit code: 0 after an orderly stop, 69 without a database, 71 if a port is in use, 75 if the silo did not stop in time,
    /// 78 if a setting is wrong.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            var app = build();
            await using var appDisposal = app.ConfigureAwait(false);
            if (app.Services.GetService<IOptions<SiloSettings>>()?.Value is { OnlySchema: true })
            {
                var applied = await new DatabaseRecovery(app.Services.GetRequiredService<NpgsqlDataSource>()).PrepareAsync().ConfigureAwait(false);
#pragma warning disable RS0030 // There is no host whose log could say it.
                await Console.Out.WriteLineAsync($"The database is at {applied.Current}; {applied.Applied.Length} scripts were applied.").ConfigureAwait(false);
#pragma warning restore RS0030
                return (int)SiloExit.Stopped;
            }

            BoundedStop.Watch(app);
            await app.RunAsync().ConfigureAwait(false);
            return (int)SiloExit.Stopped;
        }
        catch (Exception failure) when (Explain(failure) is var (exit, sentence))
        {
#pragma warning disable RS0030 // There may be no host yet whose log could say it.
            await Console.Error.WriteLineAsync($"atlas silo: {sentence}").ConfigureAwait(false);
#pragma warning restore RS0030
            return (int)exit;
        }
    }

    private static (SiloExit Exit, string Sentence)? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OptionsValidationException settings:
                    return (SiloExit.WrongSettings, string.Join(Environment.NewLine, settings.Failures));
                case AtlasConfigurationException configuration:
                    return (SiloExit.WrongSettings, configuration.Message);
                case ModelException { Failure: ModelFailure.Configuration } model:
                    return (SiloExit.WrongSettings, model.Message);
                case AtlasSettingsException settings:
                    return (SiloExit.WrongSettings, settings.Message);
                case DatabaseAddressException settings:
                    return (SiloExit.WrongSettings, settings.Message);
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return (SiloExit.PortInUse,
                        "A port is already in use. Free it, or choose other ports with Atlas__Silo__Port, Atlas__Silo__GatewayPort and Atlas__Http__Port.");
                case DatabaseEncodingException encoding:
                    return (SiloExit.WrongSettings, encoding.Message);
                case PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused:
                    return (SiloExit.NoDatabase, $"This login cannot update the tables: {refused.MessageText}. First start a silo with Atlas:Silo:OnlySchema as their owner.");
                case DatabaseUnavailableException database:
                    return (SiloExit.NoDatabase, database.Message);
                case NpgsqlException database:
                    return (SiloExit.NoDatabase, $"The database cannot be used: {database.Message}");
            }
        }

        return null;
    }
}
