using Atlas.Cli.Invocation;
using Atlas.Contracts;
using Atlas.Identity;

namespace Atlas.Cli.Database;

/// <summary>Knows the cluster's secret where this user may: from the variables that silos read, else from the workspace.</summary>
internal sealed class ClusterSecretAccess(CommandContext context)
{
    /// <summary>The secret; null if none is known here.</summary>
    /// <exception cref="CommandFailedException">What is set is no secret.</exception>
    public ClusterSecret? Find()
    {
        var caller = context.Caller;
        try
        {
            return caller switch
            {
                { Secret: { } secret } => ClusterSecret.Of(secret, caller.SecondSecret),
                { SecretFile: { } file } => ClusterSecret.Read(file),
                _ => new DatabaseHost(context).Find()?.SecretFile is { } file ? ClusterSecret.Read(file) : null,
            };
        }
        catch (AtlasRefusedException wrong)
        {
            throw new CommandFailedException(ExitCode.Usage, wrong.Message, wrong);
        }
    }

    /// <summary>The credential of this command: the caller's, else one made with the secret; null if there is neither.</summary>
    public string? Credential() => context.Caller.Credential ?? Find()?.Issue(
        AtlasRole.Owner, AtlasCredential.IsName(context.Caller.User) ? context.Caller.User : "local").Reveal();
}
