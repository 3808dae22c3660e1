variable "region" {
  type    = string
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_iam_role" "api" {
  name = "shop-api"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "api" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:PutEvents"
      Resource = aws_cloudwatch_event_bus.shop.arn
    }]
  })
}

resource "aws_lambda_function" "api" {
  function_name = "shop-api"
  handler       = "api.paid"
  runtime       = "python3.13"
  role          = aws_iam_role.api.arn
  filename      = "${path.root}/api.zip"

  environment {
    variables = { BUS = aws_cloudwatch_event_bus.shop.name }
  }
}

module "receipts" {
  source   = "./receipts"
  code_zip = "${path.root}/receipts/bootstrap.zip"
  ShopBus  = aws_cloudwatch_event_bus.shop.name
}

output "rules" {
  value = module.receipts.rule_arns
}
