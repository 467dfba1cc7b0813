using System.Net.Security;
using System.Security.Authentication;
using Atlas.Client.Security;
using Atlas.Contracts;
using Atlas.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Atlas.Hosting.Silo;

/// <summary>Adds TLS to every connection that a silo accepts or opens, from one block of the configuration.</summary>
internal static class TlsSetup
{
    /// <summary>Reads the silo's certificate; returns null if none is configured.</summary>
    public static TlsIdentity? Read(IConfiguration configuration)
    {
        try
        {
            return TlsIdentity.Of(SettingsReader.Read<AtlasTlsOptions>(configuration, AtlasTlsOptions.Section));
        }
        catch (AtlasRefusedException wrong)
        {
            throw new AtlasSettingsException(wrong.Message);
        }
    }

    /// <summary>Adds TLS for silos and clients of the cluster.</summary>
    public static ISiloBuilder UseAtlasTls(this ISiloBuilder orleans, TlsIdentity? identity) =>
        identity is null ? orleans : orleans.UseTls(identity.Apply);

    /// <summary>Adds TLS for HTTP callers, who present an API key and no certificate.</summary>
    public static void UseAtlasTls(this ListenOptions listen, TlsIdentity? identity)
    {
        if (identity is not null)
        {
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => new(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = identity.Chain,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }),
            });
        }
    }
}
