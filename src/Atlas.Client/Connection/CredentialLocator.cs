using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Client.Connection;

/// <summary>Finds the credential of an application that configures none.</summary>
internal static class CredentialLocator
{
    /// <summary>Returns the credential in the options, else the one in the environment, else one issued with the secret of the workspace
    /// that owns the database; null if there is none.</summary>
    /// <exception cref="AtlasRefusedException">The given text is not a credential.</exception>
    public static AtlasCredential? Find(AtlasClientOptions options)
    {
        var given = string.IsNullOrWhiteSpace(options.Credential) ? Environment.GetEnvironmentVariable(AtlasCredential.Variable) : options.Credential;
        if (!string.IsNullOrWhiteSpace(given))
        {
            return AtlasCredential.Parse(given);
        }

        // A client with configured gateways is not part of a workspace.
        return options.Gateways.Count == 0 && DatabaseLocator.Workspace() is { SecretFile: { } file } workspace
            && ClusterIdentity.Of(workspace.Database, options.ClusterId) == ClusterIdentity.Of(DatabaseLocator.Find(options.DatabaseUrl), options.ClusterId)
                ? ClusterSecret.Read(file).Issue(AtlasRole.Owner, Named(Environment.UserName))
                : null;
    }

    private static string Named(string user) => AtlasCredential.IsName(user) ? user : "local";
}
