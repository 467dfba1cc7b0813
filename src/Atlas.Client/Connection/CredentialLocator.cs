using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Client.Connection;

/// <summary>Finds out who an application is to its cluster when nobody says.</summary>
internal static class CredentialLocator
{
    /// <summary>The credential that is given, else that of the environment, else one made with the secret of the workspace whose database this
    /// is; null if there is none.</summary>
    /// <exception cref="AtlasRefusedException">What is given is no credential.</exception>
    public static AtlasCredential? Find(AtlasClientOptions options)
    {
        var given = string.IsNullOrWhiteSpace(options.Credential) ? Environment.GetEnvironmentVariable(AtlasCredential.Variable) : options.Credential;
        if (!string.IsNullOrWhiteSpace(given))
        {
            return AtlasCredential.Parse(given);
        }

        // Who is told where the silos are is no part of a workspace.
        return options.Gateways.Count == 0 && DatabaseLocator.Workspace() is { SecretFile: { } file } workspace
            && ClusterIdentity.Of(workspace.Database, options.ClusterId) == ClusterIdentity.Of(DatabaseLocator.Find(options.DatabaseUrl), options.ClusterId)
                ? ClusterSecret.Read(file).Issue(AtlasRole.Owner, Named(Environment.UserName))
                : null;
    }

    private static string Named(string user) => AtlasCredential.IsName(user) ? user : "local";
}
