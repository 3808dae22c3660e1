import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

class Shop extends Stack {
  constructor(app: App, id: string) {
    super(app, id);

    const bus = new EventBus(this, 'ShopBus');
    const api = new Function(this, 'Api', {
      code: Code.fromAsset('api'),
      handler: 'api.paid',
      runtime: Runtime.PYTHON_3_13,
      environment: { BUS: bus.eventBusName },
    });
    bus.grantPutEventsTo(api);

    const code = new Asset(this, 'Code', { path: 'receipts/bootstrap.zip' });
    const receipts = new CfnInclude(this, 'Receipts', {
      templateFile: 'receipts/jobs.cfn.yaml',
      parameters: {
        CodeS3Bucket: code.s3BucketName,
        CodeS3Key: code.s3ObjectKey,
        ShopBus: bus.eventBusName,
      },
    });

    const send = receipts.getResource('ReceiptJobSendFunction');
    new CfnOutput(this, 'SendFunction', { value: send.ref });
  }
}

new Shop(new App(), 'shop');
