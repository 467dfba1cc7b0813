using System.Net.Sockets;
using Atlas.Configuration.Checking;
using Atlas.Models.Providers;
using Atlas.Silo.Settings;
using Atlas.Storage.Connection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Atlas.Silo.Hosting;

/// <summary>Runs one silo until it is told to stop, and says in one sentence why it could not start.</summary>
internal static class SiloProcess
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = SiloApplication.Build(args);
            await app.MigrateAsync();
            await app.RunAsync();
            return (int)SiloExit.Stopped;
        }
        catch (Exception failure) when (Explain(failure) is var (exit, sentence))
        {
            await Console.Error.WriteLineAsync($"atlas silo: {sentence}");
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
                case SettingsException settings:
                    return (SiloExit.WrongSettings, settings.Message);
                case DatabaseAddressException settings:
                    return (SiloExit.WrongSettings, settings.Message);
                case SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return (SiloExit.PortInUse,
                        "A port is in use already. Free it, or choose others with Atlas__Silo__Port, Atlas__Silo__GatewayPort and Atlas__Http__Port.");
                case NpgsqlException database:
                    return (SiloExit.NoDatabase, $"The database cannot be used: {database.Message}");
            }
        }

        return null;
    }
}
