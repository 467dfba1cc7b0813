using System.Net;
using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Hosting.Settings;

/// <summary>The cluster's secret: <c>Atlas:Secret</c> and <c>Atlas:SecondSecret</c>, or the file named by <c>Atlas:SecretFile</c>.</summary>
/// <param name="Secret">The secret; null if none is set.</param>
internal sealed record SecretSettings(ClusterSecret? Secret)
{
    private const string SecretKey = "Atlas:Secret";
    private const string SecondKey = "Atlas:SecondSecret";
    private const string FileKey = "Atlas:SecretFile";

    /// <exception cref="AtlasSettingsException">The setting is not a valid secret.</exception>
    public static SecretSettings Read(IConfiguration configuration)
    {
        var (used, second, file) = (Text(configuration[SecretKey]), Text(configuration[SecondKey]), Text(configuration[FileKey]));
        try
        {
            return (used, second, file) switch
            {
                (null, null, null) => new SecretSettings(null as ClusterSecret),
                (null, null, { } path) => new(ClusterSecret.Read(path)),
                ({ } first, _, null) => new(ClusterSecret.Of(first, second)),
                (null, not null, _) => throw new AtlasSettingsException(
                    $"{SecondKey} is set but {SecretKey} is not. The second secret is only for replacing the first; set {SecretKey} to the secret in use."),
                _ => throw new AtlasSettingsException($"{SecretKey} and {FileKey} are both set. Set one of them."),
            };
        }
        catch (AtlasRefusedException wrong)
        {
            throw new AtlasSettingsException(wrong.Message);
        }
    }

    /// <summary>Makes sure that a silo without a secret, which cannot identify its callers, is not open to the network.</summary>
    /// <exception cref="AtlasSettingsException">The silo would be open to the network.</exception>
    public void Demand(IPAddress silo)
    {
        if (Secret is null && !IPAddress.IsLoopback(silo))
        {
            throw new AtlasSettingsException(
                $"The cluster has no secret, so anyone who can reach {silo} could use the silo. Give all its silos the same secret with "
                + $"{SecretKey} or {FileKey}; `openssl rand -hex 32` generates one, and `atlas credential create NAME` creates credentials for clients.");
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
