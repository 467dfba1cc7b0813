using System.Net;
using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Hosting.Settings;

/// <summary>The cluster's secret: <c>Atlas:Secret</c> and <c>Atlas:SecondSecret</c>, or the file that <c>Atlas:SecretFile</c> names.</summary>
/// <param name="Secret">The secret; null if none is set.</param>
internal sealed record SecretSettings(ClusterSecret? Secret)
{
    private const string SecretKey = "Atlas:Secret";
    private const string SecondKey = "Atlas:SecondSecret";
    private const string FileKey = "Atlas:SecretFile";

    /// <exception cref="AtlasSettingsException">What is set is no secret.</exception>
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
                    $"{SecondKey} is set and {SecretKey} is not. The second one is for the time in which a secret is replaced; set {SecretKey} to the one that is used."),
                _ => throw new AtlasSettingsException($"{SecretKey} and {FileKey} are both set. Set one of them."),
            };
        }
        catch (AtlasRefusedException wrong)
        {
            throw new AtlasSettingsException(wrong.Message);
        }
    }

    /// <summary>Nobody outside of this machine talks to a silo that cannot know who it is.</summary>
    /// <exception cref="AtlasSettingsException">The silo would be open to the network.</exception>
    public void Demand(IPAddress silo)
    {
        if (Secret is null && !IPAddress.IsLoopback(silo))
        {
            throw new AtlasSettingsException(
                $"The silo would be open to everybody who reaches {silo}: the cluster has no secret. Give all of its silos the same one with "
                + $"{SecretKey} or {FileKey}; `openssl rand -hex 32` makes one, and `atlas credential create NAME` makes the credentials of its clients.");
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
